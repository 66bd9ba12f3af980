package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application that is undeployed takes everything of ours with it. */
@ExtendWith(ArquillianExtension.class)
class UndeploymentIT {

    private static final int TIMES = 3;

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment("probe")
    private URI base;

    @Deployment(testable = false, name = "probe")
    static WebArchive probe() {
        return ShrinkWrap.create(WebArchive.class, "probe.war").addClass(ProbeApp.class);
    }

    @Deployment(testable = false, name = "leaving", managed = false)
    static WebArchive leaving() {
        return Wars.war("leaving", LeavingApp.class, Book.class)
                .setWebXML(new StringAsset(ConsoleApp.WEB_XML))
                .addAsResource(new StringAsset(ConsoleApp.CONFIGURATION), "META-INF/microprofile-config.properties");
    }

    @Deployment(testable = false, name = "control", managed = false)
    static WebArchive withoutLarder() {
        return ShrinkWrap.create(WebArchive.class, "control.war")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addClasses(ControlApp.class, Book.class);
    }

    @Deployment(testable = false, name = "next", managed = false)
    static WebArchive next() {
        return ShrinkWrap.create(WebArchive.class, "next.war")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addClass(HelloApp.class);
    }

    @Test
    void no_thread_and_no_class_loader_stays_behind() throws Exception {
        Site probe = new Site(base);
        comesAndGoes("control", probe, 404);
        comesAndGoes("leaving", probe, 200);
        // a server may keep the application that left last, until another one comes and goes
        deployer.deploy("next");
        assertThat(probe.beside("next").get("api/hello").text()).isEqualTo("hello");
        deployer.undeploy("next");

        assertThat(probe.get("mbeans").text()).isEmpty();
        String pid = probe.get("process").text();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(probe.get("threads").text()).isEmpty();
                    assertThat(alive(pid, LeavingApp.Canary.class.getName()))
                            .as(
                                    "class loaders left behind, of %s; what the server itself keeps is seen without Larder",
                                    TIMES)
                            .isLessThanOrEqualTo(alive(pid, ControlApp.Canary.class.getName()));
                });
        System.out.println("Left behind of " + TIMES + " deployments: without Larder "
                + alive(pid, ControlApp.Canary.class.getName()) + ", with Larder "
                + alive(pid, LeavingApp.Canary.class.getName()));
    }

    private void comesAndGoes(String name, Site probe, int statusOfConsole) throws Exception {
        Site site = probe.beside(name);
        for (int i = 0; i < TIMES; i++) {
            deployer.deploy(name);
            assertThat(site.get("api").text()).isEqualTo("CanaryEmma");
            assertThat(site.get("api").text()).isEqualTo("CanaryEmma");
            assertThat(site.get("larder/data.json", "Authorization", ServerUser.ANN.authorization())
                            .status())
                    .isEqualTo(statusOfConsole);
            deployer.undeploy(name);
        }
    }

    /** How many instances of a class the process has left after a full garbage collection. */
    private static int alive(String pid, String className) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid, "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(histogram).isZero();
        return histogram
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(className))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }
}
