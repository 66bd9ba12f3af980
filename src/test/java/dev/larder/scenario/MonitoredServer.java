package dev.larder.scenario;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server that reports metrics and health, read where a user reads them. */
interface MonitoredServer extends AutoCloseable {

    /** The one under test; for WildFly one with another configuration, since its default has neither metrics nor health. */
    static MonitoredServer of(URI base, Deployer deployer) throws IOException, InterruptedException {
        String server = System.getProperty("larder.server");
        return switch (server) {
            case "payara" -> new Endpoints(new Site(base), deployer, true);
            case "tomee" -> new Endpoints(new Site(base), deployer, false);
            case "wildfly" -> MicroProfileWildFly.started();
            default -> throw new IllegalArgumentException("No server '" + server + "'");
        };
    }

    /** Deploys an application. Its name is its context path. */
    Site deploy(String name, WebArchive application) throws Exception;

    void undeploy(String name) throws Exception;

    /** The series that the server reports now, as {@link ReportedSeries} writes them, of the one application if it has its own. */
    Map<String, Long> series(Site application) throws Exception;

    /** The answer of the readiness endpoint. */
    String readiness(Site application) throws Exception;

    @Override
    default void close() {}

    /** Payara has its endpoints at the root of the server, TomEE in each application; health below its Jakarta REST path. */
    record Endpoints(Site base, Deployer deployer, boolean atRoot) implements MonitoredServer {

        @Override
        public Site deploy(String name, WebArchive application) {
            deployer.deploy(name);
            return base.beside(name);
        }

        @Override
        public void undeploy(String name) {
            deployer.undeploy(name);
        }

        @Override
        public Map<String, Long> series(Site application) throws Exception {
            return ReportedSeries.ofPrometheus(application
                    .get(atRoot ? "/metrics" : "metrics", "Accept", "text/plain")
                    .text());
        }

        @Override
        public String readiness(Site application) throws Exception {
            return application
                    .get(atRoot ? "/health/ready" : "api/health/ready")
                    .text();
        }
    }
}
