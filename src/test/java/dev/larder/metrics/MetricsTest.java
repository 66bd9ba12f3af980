package dev.larder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Counts;
import dev.larder.statistics.Statistics;
import dev.larder.statistics.StoreState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted is reported to whichever API the server has, to the unit, and is gone when the deployment is. */
class MetricsTest {

    private static final String METHOD = "com.acme.Books/list";
    private static final String OF_METHOD = "{application=shop, cache=default, method=com.acme.Books/list";
    private static final String OF_SERVICE = "{application=shop, cache=default, method=ICacheService";
    private static final String OF_BACKEND = "{application=shop, cache=default}";

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<StoreState> store = new AtomicReference<>(new StoreState(0, 0, 0, false, List.of()));
    private final List<Metrics> opened = new ArrayList<>();

    /** One deployment of an application with one backend and one cached method. */
    private record Deployed(Metrics metrics, Statistics statistics, CacheEvents service, CacheEvents method) {}

    private Deployed deploy(ServerApi server, MetricsChoice choice) {
        List<String> problems = new ArrayList<>();
        Metrics metrics = Metrics.open(choice, server, "shop", "default", nanos::get, problems::add);
        opened.add(metrics);
        assertThat(problems).isEmpty();
        Statistics statistics = new Statistics(nanos::get);
        Counts backend = statistics.newCounts();
        CacheEvents service = backend.and(metrics.ofBackend("default"));
        statistics.addBackend("default", "local", backend, store::get);
        Counts method = statistics.addMethod(METHOD, "default", Duration.ofMinutes(5));
        metrics.start(statistics);
        return new Deployed(
                metrics,
                statistics,
                service,
                method.and(metrics.ofMethod(METHOD, "default", method)).and(backend));
    }

    @AfterEach
    void undeploy() {
        opened.forEach(Metrics::close);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENTELEMETRY", "MICROMETER", "MICROPROFILE"})
    void each_event_is_reported_by_its_name_and_tags(MetricsChoice api) {
        ServerApi server = ServerApi.having(api);
        Deployed deployed = deploy(server, api);
        CacheEvents method = deployed.method();
        method.hit();
        method.hit();
        method.coalesced();
        method.miss();
        method.loaded(0);
        method.stored();
        method.stale();
        method.bypass();
        method.notStored("no-store");
        method.notStored("no-store");
        method.notStored("upgrade");
        deployed.service().failed();
        deployed.service().hit();
        store.set(new StoreState(7, 8, 9, false, List.of("one:6379", "two:6379")));

        assertThat(server.reported())
                .containsEntry("cache.gets" + OF_METHOD + ", result=hit}", 2L)
                .containsEntry("cache.gets" + OF_METHOD + ", result=miss}", 1L)
                .containsEntry("cache.gets" + OF_METHOD + ", result=stale}", 1L)
                .containsEntry("cache.gets" + OF_METHOD + ", result=bypass}", 1L)
                .containsEntry("cache.gets" + OF_SERVICE + ", result=hit}", 1L)
                .containsEntry("cache.gets" + OF_SERVICE + ", result=miss}", 0L)
                .containsEntry("cache.puts" + OF_METHOD + "}", 1L)
                .containsEntry("cache.load.duration" + OF_METHOD + "}", 1L)
                .containsEntry("larder.coalesced" + OF_METHOD + "}", 1L)
                .containsEntry("larder.not.stored" + OF_METHOD + ", reason=no-store}", 2L)
                .containsEntry("larder.not.stored" + OF_METHOD + ", reason=upgrade}", 1L)
                .containsEntry("larder.backend.failures" + OF_BACKEND, 1L)
                .containsEntry("cache.size" + OF_BACKEND, 7L)
                .containsEntry("cache.evictions" + OF_BACKEND, 9L)
                .containsEntry("larder.breaker.open" + OF_BACKEND, 2L);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENTELEMETRY", "MICROMETER", "MICROPROFILE"})
    void the_series_of_a_backend_add_up_to_what_it_counts(MetricsChoice api) {
        ServerApi server = ServerApi.having(api);
        Deployed deployed = deploy(server, api);
        for (int i = 0; i < 1_000; i++) {
            CacheEvents from = i % 3 == 0 ? deployed.service() : deployed.method();
            if (i % 7 == 0) {
                from.miss();
                from.stored();
            } else {
                from.hit();
            }
        }

        var counts = deployed.statistics().backend("default").counts();
        assertThat(sum(server, "cache.gets", "result=hit")).isEqualTo(counts.hits());
        assertThat(sum(server, "cache.gets", "result=miss")).isEqualTo(counts.misses());
        assertThat(sum(server, "cache.gets", "")).isEqualTo(1_000);
        assertThat(sum(server, "cache.puts", "")).isEqualTo(counts.puts());
    }

    private static long sum(ServerApi server, String name, String tag) {
        return server.reported().entrySet().stream()
                .filter(series -> series.getKey().startsWith(name + "{")
                        && series.getKey().contains(tag))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENTELEMETRY", "MICROMETER", "MICROPROFILE"})
    void what_a_store_does_not_tell_is_not_reported(MetricsChoice api) {
        store.set(new StoreState(-1, -1, -1, true, List.of()));
        ServerApi server = ServerApi.having(api);
        deploy(server, api);

        assertThat(server.reported())
                .containsEntry("larder.breaker.open" + OF_BACKEND, 1L)
                .doesNotContainKeys("cache.size" + OF_BACKEND, "cache.evictions" + OF_BACKEND);
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROMETER", "MICROPROFILE"})
    void nothing_is_left_after_undeployment_and_a_redeployment_begins_at_zero(MetricsChoice api) {
        ServerApi server = ServerApi.having(api);
        Deployed first = deploy(server, api);
        first.method().miss();
        first.method().loaded(0);
        first.method().notStored("no-store");
        Map<String, Long> before = server.reported();
        first.metrics().close();
        assertThat(server.reported()).isEmpty();

        first.method().notStored("late");
        assertThat(server.reported().keySet())
                .as("an event of a thread that still runs")
                .isEmpty();
        Deployed second = deploy(server, api);
        second.method().notStored("no-store");
        assertThat(server.reported().keySet()).isEqualTo(before.keySet());
        assertThat(server.reported())
                .containsEntry("cache.gets" + OF_METHOD + ", result=miss}", 0L)
                .containsEntry("cache.load.duration" + OF_METHOD + "}", 0L);
    }

    @Test
    void opentelemetry_observes_nothing_after_undeployment() {
        ServerApi server = ServerApi.having(MetricsChoice.OPENTELEMETRY);
        Deployed deployed = deploy(server, MetricsChoice.AUTO);
        deployed.method().miss();
        assertThat(server.reported()).containsKey("cache.gets" + OF_METHOD + ", result=miss}");
        deployed.metrics().close();
        assertThat(server.reported().keySet())
                .isEqualTo(server.reported().keySet().stream()
                        .filter(each -> each.startsWith("cache.load.duration"))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROMETER", "MICROPROFILE"})
    void two_applications_of_one_name_do_not_disturb_each_other(MetricsChoice api) {
        ServerApi server = ServerApi.having(api);
        Deployed first = deploy(server, api);
        Deployed second = deploy(server, api);
        first.method().hit();
        second.method().hit();
        second.method().hit();
        String ofSecond = OF_METHOD.replace("shop", "shop#2");
        assertThat(server.reported())
                .containsEntry("cache.gets" + OF_METHOD + ", result=hit}", 1L)
                .containsEntry("cache.gets" + ofSecond + ", result=hit}", 2L);

        second.metrics().close();
        assertThat(server.reported())
                .containsEntry("cache.gets" + OF_METHOD + ", result=hit}", 1L)
                .doesNotContainKey("cache.gets" + ofSecond + ", result=hit}");
    }

    @Test
    void a_load_is_measured_in_seconds() {
        ServerApi server = ServerApi.having(MetricsChoice.OPENTELEMETRY);
        Deployed deployed = deploy(server, MetricsChoice.OPENTELEMETRY);
        nanos.set(1_500_000_000L);
        deployed.method().loaded(0);

        assertThat(server.seconds()).isEqualTo(1.5);
    }

    @Test
    void without_an_api_events_go_to_the_counts_only() {
        Metrics metrics =
                Metrics.open(MetricsChoice.AUTO, ServerApi.having(), "shop", "default", nanos::get, problem -> {
                    throw new AssertionError(problem);
                });
        assertThat(metrics.ofBackend("default")).isSameAs(CacheEvents.NONE);
        assertThat(metrics.ofMethod(METHOD, "default", new Counts(nanos::get))).isSameAs(CacheEvents.NONE);
        metrics.close();
    }
}
