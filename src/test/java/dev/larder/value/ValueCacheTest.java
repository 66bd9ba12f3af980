package dev.larder.value;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.codec.ValueCodec;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.GeneratedKey;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.service.Backends;
import dev.larder.service.MapBackend;
import dev.larder.service.WatchedBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ValueCacheTest {

    private static final Jsonb JSONB = JsonbBuilder.create();

    private final Failing store = new Failing();
    private final Backends backends = new Backends(
            Map.of("default", CacheSettings.of("test")),
            (name, its) -> store,
            new ValueCodec(() -> JSONB),
            System::nanoTime,
            any -> CacheEvents.NONE);
    private final ValueCache cache = new ValueCache(
            () -> JSONB,
            () -> "shop",
            (method, arguments) -> {
                throw new AssertionError("there is no generator");
            },
            any -> false);
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        backends.close();
    }

    /** What is annotated; the origin is given by each test. */
    interface Methods {
        @Cache
        Object any(Object argument);

        @Cache
        Object two(Object one, Object other);

        @Cache
        List<String> list();

        @Cache
        CompletionStage<String> stage();

        @Cache
        String text();
    }

    public record Point(int x, String y) {}

    public static class Bean {
        public String name;

        public Bean() {}

        public Bean(String name) {
            this.name = name;
        }
    }

    enum Colour {
        RED
    }

    @Test
    void equal_arguments_are_one_key() throws Exception {
        List<Object[]> pairs = List.of(
                pair("a", new String("a")),
                pair(1000, Integer.valueOf(1000)),
                pair(null, null),
                pair(new Point(1, "a"), new Point(1, "a")),
                pair(new Bean("a"), new Bean("a")),
                pair(List.of(1, 2), Arrays.asList(1, 2)),
                pair(new int[] {1}, new int[] {1}),
                pair(Map.of("a", 1), Map.of("a", 1)),
                pair(Optional.of("a"), Optional.of("a")),
                pair(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 2)),
                pair(new UUID(1, 2), new UUID(1, 2)));
        for (Object[] pair : pairs) {
            assertThat(ask("any", pair[0])).as("%s", pair[0]).isEqualTo(ask("any", pair[1]));
        }
        assertThat(calls).hasValue(pairs.size());
    }

    private static Object[] pair(Object one, Object other) {
        return new Object[] {one, other};
    }

    @Test
    void different_arguments_are_different_keys() throws Exception {
        Object[] arguments = {
            null,
            "null",
            "",
            "a",
            "\"",
            "\\",
            "\\\"",
            1,
            "1",
            2,
            true,
            "true",
            1.5,
            new BigDecimal("1.50"),
            List.of(),
            List.of("a"),
            List.of("a", "b"),
            List.of("a,b"),
            List.of("a\",\"b"),
            List.of(List.of("a"), "b"),
            Arrays.asList("a", null),
            Map.of("a", 1),
            Map.of("a", "1"),
            new Point(1, "a"),
            new Point(1, null),
            new Point(1, "null"),
            new Bean("a"),
            new Bean("b"),
            Colour.RED,
            LocalDate.of(2026, 1, 2),
            new byte[] {1},
            new byte[] {2}
        };
        for (Object argument : arguments) {
            ask("any", argument);
        }
        assertThat(calls).hasValue(arguments.length);
    }

    @Test
    void the_order_of_arguments_counts() throws Exception {
        ask("two", "a", "b");
        ask("two", "b", "a");
        ask("two", "a,b", null);
        ask("two", null, "a,b");
        ask("two", "a\",\"b", "");
        ask("two", "a", "b");

        assertThat(calls).hasValue(5);
    }

    @Test
    void arguments_that_cannot_be_written_run_uncached() throws Exception {
        List<Object> self = new ArrayList<>();
        self.add(self);
        for (Object unwritable :
                new Object[] {new Object(), self, new Bean(null), List.of(new Object()), new Thread()}) {
            int before = calls.get();
            ask("any", unwritable);
            ask("any", unwritable);
            assertThat(calls).as("%s", unwritable.getClass()).hasValue(before + 2);
        }
        assertThat(store.map.get("x")).isNull();
    }

    @Test
    @Timeout(30)
    void an_argument_that_is_not_completed_yet_runs_uncached_and_nobody_waits_for_it() throws Exception {
        for (Object pending :
                new Object[] {new CompletableFuture<>(), new FutureTask<>(() -> "v"), List.of(new CompletableFuture<>())
                }) {
            int before = calls.get();
            ask("any", pending);
            ask("any", pending);
            assertThat(calls).as("%s", pending.getClass()).hasValue(before + 2);
        }
    }

    @Test
    void a_store_that_fails_costs_nothing_but_the_hit() throws Exception {
        store.broken = true;
        assertThat(ask("any", "a")).isEqualTo("v1");
        assertThat(ask("any", "a")).isEqualTo("v2");
        store.broken = false;
        assertThat(ask("any", "a")).isEqualTo("v3");
        assertThat(ask("any", "a")).isEqualTo("v3");
    }

    @Test
    void a_value_that_cannot_be_stored_is_returned_all_the_same() throws Exception {
        Object unwritable = new Object();
        assertThat(serve("any", new Object[] {"a"}, () -> unwritable)).isSameAs(unwritable);
        assertThat(serve("any", new Object[] {"a"}, () -> unwritable)).isSameAs(unwritable);
    }

    @Test
    void concurrent_callers_share_one_call_and_no_mutable_object() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        CyclicBarrier together = new CyclicBarrier(50);
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(threads.submit(() -> {
                together.await(20, SECONDS);
                return serve("list", new Object[0], () -> {
                    calls.incrementAndGet();
                    leave.countDown();
                    leave.await(20, SECONDS);
                    return new ArrayList<>(List.of("v"));
                });
            }));
        }
        for (Future<Object> one : all) {
            @SuppressWarnings("unchecked")
            List<String> list = (List<String>) one.get(20, SECONDS);
            assertThat(list).containsExactly("v");
            list.add("mine");
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void where_the_leader_fails_each_waiter_gets_its_own_answer_or_exception() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<Object> leader = threads.submit(() -> serve("text", new Object[0], () -> {
            entered.countDown();
            leave.await(20, SECONDS);
            throw new IllegalStateException("leader");
        }));
        entered.await(20, SECONDS);
        Future<Object> waiter = threads.submit(() -> serve("text", new Object[0], () -> "waiter"));
        leave.countDown();

        assertThatThrownBy(() -> leader.get(20, SECONDS)).hasRootCauseMessage("leader");
        assertThat(waiter.get(20, SECONDS)).isEqualTo("waiter");
    }

    @Test
    void a_stage_that_comes_later_is_waited_for() throws Exception {
        CompletableFuture<String> later = new CompletableFuture<>();
        Object first = serve("stage", new Object[0], () -> {
            calls.incrementAndGet();
            return later;
        });
        Future<Object> second = threads.submit(() -> serve("stage", new Object[0], () -> {
            calls.incrementAndGet();
            return later;
        }));
        later.complete("v");

        assertThat(((CompletionStage<?>) first).toCompletableFuture().get(20, SECONDS))
                .isEqualTo("v");
        assertThat(((CompletionStage<?>) second.get(20, SECONDS))
                        .toCompletableFuture()
                        .get(20, SECONDS))
                .isEqualTo("v");
        assertThat(calls.get()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_method_that_calls_itself_through_the_cache_does_not_wait_for_itself() throws Exception {
        Object answer = serve("text", new Object[0], () -> "outer " + serve("text", new Object[0], () -> "inner"));

        assertThat(answer).isEqualTo("outer inner");
    }

    @Test
    void a_miss_asks_the_store_once() throws Exception {
        ask("text"); // from now on, the generation of all entries is known
        long before = store.gets();
        ask("list");

        assertThat(store.gets() - before).isEqualTo(1);
    }

    @Test
    void who_misses_while_another_call_stores_looks_up_again() throws Exception {
        Object[] none = new Object[0];
        store.afterNextGet(() -> {
            try {
                serve("text", none, () -> "first");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            await().until(() -> store.map.keys().size() == 2);
        });

        assertThat(serve("text", none, () -> "second")).isEqualTo("first");
    }

    @Test
    void with_an_unpaired_surrogate_in_an_argument_a_generated_key_or_the_value_calls_run_uncached() throws Exception {
        assertThat(ask("any", "a\uD83E")).isEqualTo("v1");
        assertThat(ask("any", "a\uD83E")).isEqualTo("v2");
        assertThat(ask("any", List.of(new Point(1, "\uDDC0")))).isEqualTo("v3");
        assertThat(ask("any", List.of(new Point(1, "\uDDC0")))).isEqualTo("v4");

        CachedValue plain = cached("text");
        CachedValue generated = CachedValue.of(
                plain.policy(),
                plain.region(),
                new GeneratedKey(plain.policy(), () -> (context, prefix) -> "book:\uD83E"),
                CacheEvents.NONE);
        ValueCache withGenerator = new ValueCache(() -> JSONB, () -> "shop", (method, arguments) -> null, any -> false);
        for (String answer : List.of("one", "two")) {
            assertThat(withGenerator.serve(generated, new Object[0], () -> answer))
                    .isEqualTo(answer);
        }
        for (String answer : List.of("one\uD83E", "two\uD83E")) {
            assertThat(serve("text", new Object[0], () -> answer)).isEqualTo(answer);
        }
        assertThat(store.map.keys()).containsExactly(":%all:entries");
    }

    private Object ask(String method, Object... arguments) throws Exception {
        Object[] all = arguments == null ? new Object[] {null} : arguments;
        return serve(method, all, () -> "v" + calls.incrementAndGet());
    }

    private final Map<String, CachedValue> methods = new java.util.concurrent.ConcurrentHashMap<>();

    private Object serve(String name, Object[] arguments, java.util.concurrent.Callable<Object> origin)
            throws Exception {
        return cache.serve(methods.computeIfAbsent(name, this::cached), arguments, origin);
    }

    private CachedValue cached(String name) {
        Method method = Arrays.stream(Methods.class.getDeclaredMethods())
                .filter(any -> any.getName().equals(name))
                .findFirst()
                .orElseThrow();
        CachePolicy read = new PolicyReader(
                        PropertySource.EMPTY, Map.of("default", CacheSettings.of("test")), new Problems())
                .read(Methods.class, method, method.getAnnotation(Cache.class), Kind.VALUE);
        return CachedValue.of(read, backends.region("default", ""), null, CacheEvents.NONE);
    }

    private static final class Failing extends WatchedBackend {
        private final MapBackend map = new MapBackend(() -> 0);
        private volatile boolean broken;

        @Override
        protected CacheBackend to() {
            if (broken) {
                throw new IllegalStateException("down");
            }
            return map;
        }
    }
}
