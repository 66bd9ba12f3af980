package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics and the health of the server show what the cache does, to the unit. */
@ExtendWith(ArquillianExtension.class)
class MetricsIT {

    private static final int CLIENTS = 4;
    private static final String BOOKS = "cache=default, method=dev.larder.scenario.MetricsApp$Books/read";
    private static final String PRICES = "cache=second, method=dev.larder.scenario.MetricsApp$Prices/of";
    private static final String LOADED = "cache=second, method=ICacheService";

    private static MonitoredServer server;

    @ArquillianResource
    private Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment("probe")
    private URI base;

    @Deployment(testable = false, name = "probe")
    static WebArchive probe() {
        return ShrinkWrap.create(WebArchive.class, "metered-probe.war").addClass(ProbeApp.class);
    }

    @Deployment(testable = false, name = "metered", managed = false)
    static WebArchive application() {
        return configured("metered", "cache.health=true\n");
    }

    @Deployment(testable = false, name = "metered-beside", managed = false)
    static WebArchive beside() {
        return configured("metered-beside", "");
    }

    @Deployment(testable = false, name = "metered-off", managed = false)
    static WebArchive off() {
        return configured("metered-off", "cache.metrics=none\ncache.health=true\n");
    }

    @Deployment(testable = false, name = "metered-wrong", managed = false)
    static WebArchive wrong() {
        return configured("metered-wrong", "cache.metrics=micrometer\n");
    }

    private static WebArchive configured(String name, String configuration) {
        return Wars.war(name, MetricsApp.class)
                .addAsResource(
                        new StringAsset("caches.second.backend=local\ncaches.second.options.isolation=copy\n"
                                + "cache.\"dev.larder.scenario.MetricsApp$Prices\".backend=second\n" + configuration),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void start() throws Exception {
        if (server == null) {
            server = MonitoredServer.of(base, deployer);
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_thousand_requests_are_reported_to_the_unit() throws Exception {
        Site site = server.deploy("metered", application());
        try {
            request(site, 500, 50, "api/books/");
            request(site, 300, 30, "api/loans/price/");
            request(site, 200, 20, "api/loans/loaded/");
            site.get("api/books/unread", "If-Match", "\"later\"");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(larders(server.series(site)))
                            .containsAllEntriesOf(gets("metered", BOOKS, 450, 51, 0))
                            .containsAllEntriesOf(gets("metered", PRICES, 270, 30, 0))
                            .containsAllEntriesOf(gets("metered", LOADED, 180, 20, 0))
                            .containsEntry("cache_puts_total{application=metered, " + BOOKS + "}", 50L)
                            .containsEntry("cache_puts_total{application=metered, " + PRICES + "}", 30L)
                            .containsEntry("cache_puts_total{application=metered, " + LOADED + "}", 20L)
                            .containsEntry("cache_load_duration_seconds_count{application=metered, " + BOOKS + "}", 50L)
                            .containsEntry(
                                    "cache_load_duration_seconds_count{application=metered, " + PRICES + "}", 30L)
                            .containsEntry(
                                    "larder_not_stored_total{application=metered, " + BOOKS + ", reason=precondition}",
                                    1L)
                            .containsEntry("larder_backend_failures_total{application=metered, cache=default}", 0L)
                            .containsEntry("larder_breaker_open{application=metered, cache=second}", 0L)
                            .containsEntry("cache_size{application=metered, cache=default}", 50L)
                            .containsEntry("cache_size{application=metered, cache=second}", 50L)
                            .containsEntry(evictions() + "{application=metered, cache=default}", 0L));
        } finally {
            server.undeploy("metered");
        }
    }

    @Test
    void no_series_has_a_key_or_a_uri() throws Exception {
        Site site = server.deploy("metered", application());
        try {
            site.get("api/books/distinctive");
            site.get("api/loans/loaded/distinctive");
            await().untilAsserted(() -> assertThat(larders(server.series(site)).keySet())
                    .anyMatch(series -> series.contains(LOADED))
                    .noneMatch(series -> series.contains("distinctive") || series.contains("api/")));
        } finally {
            server.undeploy("metered");
        }
    }

    @Test
    void a_redeployment_neither_doubles_nor_loses_series_and_leaves_another_application_alone() throws Exception {
        Site beside = server.deploy("metered-beside", beside());
        try {
            beside.run("api/books/1");
            beside.hit("api/books/1");
            Site site = server.deploy("metered", application());
            site.run("api/books/1");
            await().untilAsserted(() ->
                    assertThat(larders(server.series(site))).containsAllEntriesOf(gets("metered", BOOKS, 0, 1, 0)));
            int before = of("metered", server.series(site)).size();
            server.undeploy("metered");

            await().untilAsserted(() -> {
                assertThat(of("metered", server.series(beside))).isEmpty();
                assertThat(larders(server.series(beside))).containsAllEntriesOf(gets("metered-beside", BOOKS, 1, 1, 0));
            });
            Site again = server.deploy("metered", application());
            try {
                again.run("api/books/1");
                again.hit("api/books/1");
                again.hit("api/books/1");
                await().untilAsserted(() -> {
                    assertThat(larders(server.series(again))).containsAllEntriesOf(gets("metered", BOOKS, 2, 1, 0));
                    assertThat(of("metered", server.series(again))).hasSize(before);
                });
            } finally {
                server.undeploy("metered");
            }
        } finally {
            server.undeploy("metered-beside");
        }
    }

    @Test
    void the_readiness_check_is_up_and_shows_the_breaker_of_each_backend() throws Exception {
        Site site = server.deploy("metered", application());
        try {
            site.get("api/books/1");
            await().untilAsserted(() -> assertThat(server.readiness(site).replaceAll("\\s", ""))
                    .contains("\"name\":\"larder\"")
                    .contains("\"default\":\"closed\"")
                    .contains("\"second\":\"closed\"")
                    .doesNotContain("DOWN"));
        } finally {
            server.undeploy("metered");
        }
        assertThat(server.readiness(site)).doesNotContain("\"larder\"");
    }

    @Test
    void metrics_can_be_switched_off_and_a_server_without_health_runs_the_application() throws Exception {
        deployer.deploy("metered-off"); // on WildFly's default configuration, which has no MicroProfile Health
        try {
            Site site = new Site(base).beside("metered-off");
            site.run("api/books/1");
            site.hit("api/books/1");
        } finally {
            deployer.undeploy("metered-off");
        }
    }

    @Test
    void an_api_that_the_server_does_not_have_is_a_deployment_error() {
        try {
            assertThatThrownBy(() -> deployer.deploy("metered-wrong")).isInstanceOf(Exception.class);
        } finally {
            deployer.undeploy("metered-wrong");
        }
    }

    /** MicroProfile Metrics has no counter that reads a count, so evictions are a gauge there. */
    private static String evictions() {
        return System.getProperty("larder.server").equals("wildfly") ? "cache_evictions_total" : "cache_evictions";
    }

    private static Map<String, Long> gets(String application, String tags, long hits, long misses, long bypasses) {
        String start = "cache_gets_total{application=" + application + ", " + tags + ", result=";
        return Map.of(start + "hit}", hits, start + "miss}", misses, start + "stale}", 0L, start + "bypass}", bypasses);
    }

    private static Map<String, Long> larders(Map<String, Long> series) {
        assertThat(series).isNotEmpty();
        return series;
    }

    private static Map<String, Long> of(String application, Map<String, Long> series) {
        series.keySet().removeIf(each -> !each.contains("application=" + application + ","));
        return series;
    }

    /** Sends requests by several clients at once, each for one of a number of ids. */
    private static void request(Site site, int requests, int ids, String path) throws Exception {
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
}
