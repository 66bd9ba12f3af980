package dev.larder.response;

import static dev.larder.response.ResponseFixture.serve;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.service.MapBackend;
import dev.larder.service.WatchedBackend;
import dev.larder.spi.CacheBackend;
import dev.larder.transaction.GivenTransactions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that is made in a transaction is stored, and handed to those who wait for it, after the commit. */
@Timeout(8) // nobody waits for the ten seconds of the lock timeout
class ResponseTransactionTest {

    private final Store store = new Store();
    private final ResponseFixture given = ResponseFixture.on(store);
    private final GivenTransactions transactions = new GivenTransactions();
    private final ResponseCache cache =
            new ResponseCache(() -> "shop", InstantSource.system(), transactions, false, (tags, uris) -> {});
    private final CachedResource resource = given.resource();
    private final AtomicInteger calls = given.calls;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Exchange, String> made = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        threads.forEach(Thread::interrupt);
        assertThat(cache.leaders()).isEqualTo(0);
        given.close();
    }

    @Test
    void without_a_transaction_it_is_stored_when_it_is_written() {
        assertThat(ask()).isEqualTo("v1");
        assertThat(ask()).isEqualTo("v1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_is_stored_when_it_is_written_and_committed_in_whatever_order(boolean writtenFirst) {
        var transaction = transactions.begin();
        Exchange exchange = begun();
        if (writtenFirst) {
            write(exchange);
            assertThat(isStored()).isFalse();
            transaction.commit();
        } else {
            transaction.commit();
            assertThat(isStored()).isFalse();
            write(exchange);
        }

        assertThat(isStored()).isTrue();
        assertThat(exchange.reason()).isNull();
        assertThat(ask()).isEqualTo("v1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void after_a_rollback_nothing_is_stored(boolean writtenFirst) {
        var transaction = transactions.begin();
        Exchange exchange = begun();
        if (writtenFirst) {
            write(exchange);
            transaction.rollback();
        } else {
            transaction.rollback();
            write(exchange);
        }

        assertThat(isStored()).isFalse();
        assertThat(exchange.reason()).isEqualTo(Reason.ROLLED_BACK);
        assertThat(ask()).isEqualTo("v2");
        assertThat(ask()).isEqualTo("v2");
    }

    @Test
    void a_transaction_that_can_only_be_rolled_back_is_not_waited_for() throws Exception {
        var transaction = transactions.begin();
        transaction.setRollbackOnly();
        Exchange exchange = begun();
        assertThat(exchange.reason()).isEqualTo(Reason.ROLLED_BACK);

        assertThat(other(this::ask).get(5, SECONDS)).isEqualTo("v2");
        write(exchange);
        transaction.rollback();
        assertThat(ask()).isEqualTo("v2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_waits_gets_the_response_when_it_is_written_and_committed(boolean writtenFirst) throws Exception {
        var transaction = transactions.begin();
        Exchange exchange = begun();
        FutureTask<String> follower = waiting(this::ask);
        if (writtenFirst) {
            write(exchange);
            assertThat(follower.isDone()).isFalse();
            transaction.commit();
        } else {
            transaction.commit();
            assertThat(follower.isDone()).isFalse();
            write(exchange);
        }

        assertThat(follower.get(5, SECONDS)).isEqualTo("v1");
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_waits_runs_the_method_after_a_rollback(boolean writtenFirst) throws Exception {
        var transaction = transactions.begin();
        Exchange exchange = begun();
        FutureTask<String> follower = waiting(this::ask);
        if (writtenFirst) {
            write(exchange);
        }

        transaction.rollback();

        assertThat(follower.get(5, SECONDS)).isEqualTo("v2");
        write(exchange);
        assertThat(ask()).isEqualTo("v2");
    }

    @Test
    void who_waits_goes_on_when_the_server_ends_the_transaction_on_another_thread() throws Exception {
        var transaction = transactions.begin();
        begun();
        FutureTask<String> follower = waiting(this::ask);

        other(() -> {
                    transaction.timeOut();
                    return "";
                })
                .get(5, SECONDS);

        assertThat(follower.get(5, SECONDS)).isEqualTo("v2");
    }

    @Test
    void a_response_that_is_not_stored_is_not_waited_for_until_the_commit() throws Exception {
        var transaction = transactions.begin();
        Exchange exchange = begun();
        FutureTask<String> follower = waiting(this::ask);
        cache.noteHead(exchange, 200, Fields.of("Cache-Control", "no-store"), false);

        assertThat(follower.get(5, SECONDS)).isEqualTo("v2");
        transaction.commit();
        assertThat(ask()).isEqualTo("v2");
    }

    @Test
    void who_asks_again_in_the_same_transaction_does_not_wait_for_itself() {
        var transaction = transactions.begin();
        Exchange exchange = begun();
        Exchange again = begun();
        write(exchange);
        write(again);
        transaction.commit();

        assertThat(ask()).isIn("v1", "v2");
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_within_another_counts_for_itself(boolean innerCommits) {
        var outer = transactions.begin();
        Exchange exchange = begun();
        write(exchange);
        var inner = transactions.begin();
        Exchange within = begun();
        write(within);
        if (innerCommits) {
            inner.commit();
            outer.rollback();
        } else {
            inner.rollback();
            outer.commit();
        }

        assertThat(ask()).isEqualTo(innerCommits ? "v2" : "v1");
    }

    /** A request whose method returned, in the transaction of this thread. */
    private Exchange begun() {
        Exchange exchange = exchange();
        assertThat(serve(cache, exchange)).isFalse();
        cache.followTransaction(exchange);
        exchange.markReturned();
        made.put(exchange, "v" + calls.incrementAndGet());
        return exchange;
    }

    private void write(Exchange exchange) {
        cache.noteHead(exchange, 200, Fields.EMPTY, false);
        ResponseFixture.write(cache, exchange, made.get(exchange), "text/plain");
    }

    /** A whole request without a transaction. */
    private String ask() {
        return given.ask(cache, exchange());
    }

    private boolean isStored() {
        Exchange exchange = exchange();
        return cache.lookUp(exchange);
    }

    private FutureTask<String> other(Callable<String> call) {
        FutureTask<String> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    /** On another thread, which waits now. */
    private FutureTask<String> waiting(Callable<String> call) {
        FutureTask<String> task = other(call);
        Thread thread = threads.get(threads.size() - 1);
        await().until(() -> task.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
        return task;
    }

    private Exchange exchange() {
        return ResponseFixture.exchange(resource, ResponseFixture.get("/books", null));
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
