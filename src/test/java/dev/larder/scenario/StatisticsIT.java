package dev.larder.scenario;

import static dev.larder.scenario.Site.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service and JMX count the same, and exactly. */
@ExtendWith(ArquillianExtension.class)
class StatisticsIT {

    private static final int CLIENTS = 4;
    private static final String DEFAULT = "dev.larder:type=Backend,application=statistics,name=default";
    private static final String SECOND = "dev.larder:type=Backend,application=statistics,name=second";
    private static final String BOOKS = method("StatisticsApp$Books/read");
    private static final String PRICES = method("StatisticsApp$Prices/of");

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment("probe")
    private URI base;

    private Site probe;
    private Site site;

    private static String method(String name) {
        return "dev.larder:type=Method,application=statistics,name=\"dev.larder.scenario." + name + "\"";
    }

    @Deployment(testable = false, name = "probe")
    static WebArchive probe() {
        return ShrinkWrap.create(WebArchive.class, "statistics-probe.war").addClass(ProbeApp.class);
    }

    @Deployment(testable = false, name = "statistics", managed = false)
    static WebArchive application() {
        return Wars.war("statistics", StatisticsApp.class)
                .addAsResource(
                        new StringAsset("caches.second.backend=local\ncaches.second.options.isolation=copy\n"
                                + "cache.\"dev.larder.scenario.StatisticsApp$Prices\".backend=second\n"),
                        "META-INF/microprofile-config.properties");
    }

    @Deployment(testable = false, name = "failing", managed = false)
    static WebArchive failing() {
        return Wars.war("failing", StatisticsApp.class)
                .addAsResource(
                        new StringAsset("caches.second.backend=nowhere\n"), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void deploy() {
        probe = new Site(base);
        deployer.deploy("statistics");
        site = probe.beside("statistics");
    }

    @AfterEach
    void undeploy() throws Exception {
        deployer.undeploy("statistics");
        assertThat(probe.get("mbeans").text()).as("after undeployment").isEmpty();
    }

    @Test
    void a_thousand_requests_are_counted_to_the_unit_by_the_service_and_by_jmx() throws Exception {
        request(500, 50, "api/books/");
        request(300, 30, "api/loans/price/");
        request(200, 20, "api/loans/loaded/");
        site.send("HEAD", "api/books/1");
        site.run("api/books/unread", "If-Match", "\"later\"");

        await().untilAsserted(() -> {
            assertThat(statistics("default"))
                    .isEqualTo(
                            "451 hits, 51 misses, 0 stale, 50 puts, 0 invalidations, 0 failures, 0 evictions, 50 entries");
            assertThat(statistics("second"))
                    .isEqualTo(
                            "450 hits, 50 misses, 0 stale, 50 puts, 0 invalidations, 0 failures, 0 evictions, 50 entries");
        });
        shows(DEFAULT, 451, 51, 50);
        shows(BOOKS, 451, 51, 50);
        shows(SECOND, 450, 50, 50);
        shows(PRICES, 270, 30, 30);
        assertThat(attribute(BOOKS, "NotStored")).isEqualTo("{precondition=1}");
        assertThat(attribute(BOOKS, "Bypasses")).isEqualTo("0");
        assertThat(attribute(DEFAULT, "Entries")).isEqualTo("50");
        assertThat(attribute(BOOKS, "Breaker")).isEqualTo("closed");
        assertThat(Float.parseFloat(attribute(PRICES, "AverageLoadTime"))).isPositive();
    }

    @Test
    void each_backend_and_each_cached_method_has_a_bean() throws Exception {
        assertThat(site.get("api/jmx/names").text().lines()).containsExactlyInAnyOrder(DEFAULT, SECOND, BOOKS, PRICES);
    }

    @Test
    void jmx_ends_entries_and_resets_what_it_shows() throws Exception {
        request(10, 10, "api/books/");
        site.hit("api/books/1");
        assertThat(site.send("DELETE", "api/jmx?tag=books&name=" + encoded(BOOKS))
                        .text())
                .isEqualTo("true");
        site.run("api/books/1");
        assertThat(site.send("PUT", "api/jmx?operation=clear&name=" + encoded(DEFAULT))
                        .text())
                .isEqualTo("true");
        site.run("api/books/1");
        await().untilAsserted(() -> shows(DEFAULT, 1, 12, 12));

        assertThat(attribute(DEFAULT, "Invalidations")).isEqualTo("2");
        site.send("PUT", "api/jmx?operation=resetStatistics&name=" + encoded(DEFAULT));
        shows(DEFAULT, 0, 0, 0);
        shows(BOOKS, 1, 12, 12);
        assertThat(statistics("default")).startsWith("1 hits, 12 misses, 0 stale, 12 puts, 2 invalidations");
        site.hit("api/books/1");
        shows(DEFAULT, 1, 0, 0);
    }

    @Test
    void a_failed_deployment_leaves_no_bean_and_another_application_is_undisturbed() throws Exception {
        String before = probe.get("mbeans").text();
        assertThat(before).contains(BOOKS);
        try {
            deployer.deploy("failing");
            assertThat("deployed").as("the backend's type is unknown").isEqualTo("failed");
        } catch (Exception expected) {
            deployer.undeploy("failing");
        }
        assertThat(probe.get("mbeans").text()).isEqualTo(before);
    }

    /** Sends requests by several clients at once, each for one of a number of ids. */
    private void request(int requests, int ids, String path) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                String own = path + i % ids;
                statuses.add(clients.submit(() -> site.get(own).status()));
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private String statistics(String backend) throws IOException, InterruptedException {
        return site.get("api/statistics/" + backend).text();
    }

    private void shows(String name, int hits, int misses, int puts) throws IOException, InterruptedException {
        assertThat(List.of(
                        attribute(name, "CacheHits"),
                        attribute(name, "CacheMisses"),
                        attribute(name, "CachePuts"),
                        attribute(name, "CacheGets"),
                        attribute(name, "Stale")))
                .as(name)
                .containsExactly("" + hits, "" + misses, "" + puts, "" + (hits + misses), "0");
    }

    private String attribute(String name, String attribute) throws IOException, InterruptedException {
        Site.Answer answer = site.get("api/jmx?attribute=" + attribute + "&name=" + encoded(name));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.text();
    }
}
