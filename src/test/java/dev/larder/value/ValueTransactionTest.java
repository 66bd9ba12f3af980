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
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.service.Backends;
import dev.larder.service.MapBackend;
import dev.larder.service.WatchedBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.statistics.CacheEvents;
import dev.larder.transaction.GivenTransactions;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a method returns in a transaction is stored, and handed to those who wait for it, after the commit. */
@Timeout(8) // nobody waits for the ten seconds of the lock timeout
class ValueTransactionTest {

    private static final Jsonb JSONB = JsonbBuilder.create();

    private final Store store = new Store();
    private final Backends backends = new Backends(
            Map.of("default", CacheSettings.of("test")),
            (name, its) -> store,
            new ValueCodec(() -> JSONB),
            System::nanoTime,
            any -> CacheEvents.NONE);
    private final GivenTransactions transactions = new GivenTransactions();
    private final ValueCache cache = new ValueCache(
            () -> JSONB,
            () -> "shop",
            (method, arguments) -> {
                throw new AssertionError("there is no generator");
            },
            transactions);
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void close() {
        threads.forEach(Thread::interrupt);
        backends.close();
    }

    interface Methods {
        @Cache
        String text(String argument);

        @Cache
        List<String> list();

        @Cache
        CompletionStage<String> stage();
    }

    @Test
    void without_a_transaction_it_is_stored_at_once() throws Exception {
        ask("a");

        assertThat(store.map.keys()).hasSize(1);
    }

    @Test
    void it_is_stored_after_the_commit() throws Exception {
        var transaction = transactions.begin();
        assertThat(ask("a")).isEqualTo("v1");
        assertThat(store.map.keys()).isEmpty();

        transaction.commit();

        assertThat(store.map.keys()).hasSize(1);
        assertThat(ask("a")).isEqualTo("v1");
    }

    @Test
    void after_a_rollback_nothing_is_stored() throws Exception {
        var transaction = transactions.begin();
        assertThat(ask("a")).isEqualTo("v1");

        transaction.rollback();

        assertThat(store.map.keys()).isEmpty();
        assertThat(ask("a")).isEqualTo("v2");
        assertThat(ask("a")).isEqualTo("v2");
    }

    @Test
    void what_the_method_throws_in_a_transaction_is_nothing_to_wait_for() throws Exception {
        var transaction = transactions.begin();
        assertThatThrownBy(() -> serve("text", new Object[] {"a"}, () -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(other(() -> ask("a")).get(5, SECONDS)).isEqualTo("v1");
        transaction.rollback();
        assertThat(ask("a")).isEqualTo("v1");
    }

    @Test
    void who_waits_gets_the_value_after_the_commit() throws Exception {
        var transaction = transactions.begin();
        ask("a");
        FutureTask<Object> follower = waiting(() -> ask("a"));
        assertThat(follower.isDone()).isFalse();

        transaction.commit();

        assertThat(follower.get(5, SECONDS)).isEqualTo("v1");
        assertThat(calls).hasValue(1);
    }

    @Test
    void who_waits_calls_the_method_after_a_rollback() throws Exception {
        var transaction = transactions.begin();
        ask("a");
        FutureTask<Object> follower = waiting(() -> ask("a"));

        transaction.rollback();

        assertThat(follower.get(5, SECONDS)).isEqualTo("v2");
        assertThat(ask("a")).isEqualTo("v2");
    }

    @Test
    void who_waits_goes_on_when_the_server_ends_the_transaction_on_another_thread() throws Exception {
        var transaction = transactions.begin();
        ask("a");
        FutureTask<Object> follower = waiting(() -> ask("a"));

        other(() -> {
                    transaction.timeOut();
                    return null;
                })
                .get(5, SECONDS);

        assertThat(follower.get(5, SECONDS)).isEqualTo("v2");
    }

    @Test
    void a_transaction_that_can_only_be_rolled_back_is_not_waited_for() throws Exception {
        var transaction = transactions.begin();
        transaction.setRollbackOnly();
        ask("a");

        assertThat(other(() -> ask("a")).get(5, SECONDS)).isEqualTo("v2");
        transaction.rollback();
        assertThat(ask("a")).isEqualTo("v2");
    }

    @Test
    void a_commit_that_fails_is_a_rollback() throws Exception {
        var transaction = transactions.begin();
        ask("a");
        transaction.setRollbackOnly(); // beforeCompletion threw

        transaction.commit();

        assertThat(store.map.keys()).isEmpty();
    }

    @Test
    void who_calls_again_in_the_same_transaction_does_not_wait_for_itself() throws Exception {
        var transaction = transactions.begin();
        assertThat(ask("a")).isEqualTo("v1");
        assertThat(ask("a")).isEqualTo("v2");
        transaction.commit();

        assertThat(ask("a")).isIn("v1", "v2");
        assertThat(calls).hasValue(2);
    }

    @Test
    void transactions_that_need_each_others_values_do_not_wait_for_each_other() throws Exception {
        CountDownLatch bothHold = new CountDownLatch(2);
        Callable<Object> one = crossing("a", "b", bothHold);
        FutureTask<Object> first = other(one);
        FutureTask<Object> second = other(crossing("b", "a", bothHold));

        assertThat(first.get(6, SECONDS)).isNotNull();
        assertThat(second.get(6, SECONDS)).isNotNull();
    }

    private Callable<Object> crossing(String own, String others, CountDownLatch bothHold) {
        return () -> {
            var transaction = transactions.begin();
            ask(own);
            bothHold.countDown();
            bothHold.await(5, SECONDS);
            Object answer = ask(others);
            transaction.commit();
            return answer;
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_within_another_counts_for_itself(boolean innerCommits) throws Exception {
        var outer = transactions.begin();
        ask("outer");
        var inner = transactions.begin();
        ask("inner");
        if (innerCommits) {
            inner.commit();
            outer.rollback();
        } else {
            inner.rollback();
            outer.commit();
        }
        int before = calls.get();

        ask(innerCommits ? "inner" : "outer");
        assertThat(calls).hasValue(before);
        ask(innerCommits ? "outer" : "inner");
        assertThat(calls).hasValue(before + 1);
    }

    @Test
    void a_transaction_within_another_stores_the_same_call() throws Exception {
        var outer = transactions.begin();
        assertThat(ask("a")).isEqualTo("v1");
        var inner = transactions.begin();
        assertThat(ask("a")).isEqualTo("v2");
        inner.commit();
        assertThat(ask("a")).isEqualTo("v2");
        outer.rollback();

        assertThat(ask("a")).isEqualTo("v2");
    }

    @Test
    void the_value_is_stored_as_it_was_returned() throws Exception {
        List<String> returned = new ArrayList<>(List.of("v"));
        var transaction = transactions.begin();
        serve("list", new Object[0], () -> returned);
        FutureTask<Object> follower = waiting(() -> serve("list", new Object[0], () -> List.of("own")));
        returned.add("changed by its caller");
        transaction.commit();

        assertThat(follower.get(5, SECONDS)).isEqualTo(List.of("v"));
        assertThat(serve("list", new Object[0], () -> List.of("run"))).isEqualTo(List.of("v"));
    }

    @Test
    void a_stage_that_completes_before_the_commit_is_stored_after_it() throws Exception {
        CompletableFuture<String> later = new CompletableFuture<>();
        var transaction = transactions.begin();
        serve("stage", new Object[0], () -> later);
        later.complete("v");
        assertThat(store.map.keys()).isEmpty();

        transaction.commit();

        assertThat(stage()).isEqualTo("v");
    }

    @Test
    void a_stage_that_completes_after_the_commit_is_stored_then() throws Exception {
        CompletableFuture<String> later = new CompletableFuture<>();
        var transaction = transactions.begin();
        serve("stage", new Object[0], () -> later);
        transaction.commit();
        FutureTask<Object> follower = waiting(this::stage);
        assertThat(store.map.keys()).isEmpty();

        later.complete("v");

        assertThat(follower.get(5, SECONDS)).isEqualTo("v");
        assertThat(stage()).isEqualTo("v");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_stage_in_a_transaction_that_is_rolled_back_is_not_stored(boolean completesBefore) throws Exception {
        CompletableFuture<String> later = new CompletableFuture<>();
        var transaction = transactions.begin();
        serve("stage", new Object[0], () -> later);
        if (completesBefore) {
            later.complete("v");
            transaction.rollback();
        } else {
            transaction.rollback();
            later.complete("v");
        }

        assertThat(stage()).isEqualTo("own");
    }

    @Test
    void a_stage_that_is_still_to_come_is_not_waited_for_after_a_rollback() throws Exception {
        var transaction = transactions.begin();
        serve("stage", new Object[0], CompletableFuture::new);
        FutureTask<Object> follower = waiting(this::stage);

        transaction.rollback();

        assertThat(follower.get(5, SECONDS)).isEqualTo("own");
    }

    @Test
    void a_stage_that_fails_is_not_stored() throws Exception {
        var transaction = transactions.begin();
        serve("stage", new Object[0], () -> CompletableFuture.failedFuture(new IllegalStateException()));

        assertThat(other(this::stage).get(5, SECONDS)).isEqualTo("own");
        transaction.commit();
    }

    private Object stage() throws Exception {
        Object stage = serve("stage", new Object[0], () -> CompletableFuture.completedFuture("own"));
        return ((CompletionStage<?>) stage).toCompletableFuture().get(5, SECONDS);
    }

    private Object ask(String argument) throws Exception {
        return serve("text", new Object[] {argument}, () -> "v" + calls.incrementAndGet());
    }

    private FutureTask<Object> other(Callable<Object> call) {
        FutureTask<Object> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    /** On another thread, which waits now. */
    private FutureTask<Object> waiting(Callable<Object> call) {
        FutureTask<Object> task = other(call);
        Thread thread = threads.get(threads.size() - 1);
        await().until(() -> task.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private final Map<String, CachedValue> methods = new ConcurrentHashMap<>();

    private Object serve(String name, Object[] arguments, Callable<Object> origin) throws Exception {
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

    private static final class Store extends WatchedBackend {
        private final MapBackend map = new MapBackend(() -> 0);

        @Override
        protected CacheBackend to() {
            return map;
        }

        /** Stores at once, not later. */
        @Override
        public boolean waits() {
            return false;
        }

        @Override
        public boolean shared() {
            return false;
        }
    }
}
