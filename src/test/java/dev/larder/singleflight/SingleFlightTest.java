package dev.larder.singleflight;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.singleflight.SingleFlight.Alone;
import dev.larder.singleflight.SingleFlight.Follower;
import dev.larder.singleflight.SingleFlight.Leader;
import dev.larder.singleflight.SingleFlight.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

    /** Longer than any test takes: whoever waits so long has not been woken. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong();
    private final SingleFlight<String> flights = new SingleFlight<>(nanos::get);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothing_is_left() {
        threads.shutdownNow();
        assertThat(flights.leaders()).isZero();
        assertThat(flights.followers()).isZero();
    }

    @Test
    void the_first_leads_and_the_others_get_its_value() throws Exception {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));
        Future<Role<String>> other = joinElsewhere("k");
        awaitFollowers(1);

        leader.complete("v");

        assertThat(other.get(10, SECONDS)).isEqualTo(new Follower<>("v"));
    }

    @Test
    void who_misses_the_key_before_the_value_is_stored_gets_it_from_the_leader() {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));
        assertThat(flights.completed("k")).isNull();

        AtomicReference<Runnable> storing = new AtomicReference<>();
        leader.complete(
                "v",
                task -> {
                    storing.set(task);
                    return true;
                },
                () -> {});

        assertThat(flights.completed("k")).isEqualTo("v");
        assertThat(join("k", TIMEOUT)).isEqualTo(new Follower<>("v"));
        storing.get().run();
        assertThat(flights.completed("k")).isNull();
    }

    @Test
    void another_key_has_another_leader() {
        SingleFlight<String>.Leader one = leader(join("k", TIMEOUT));
        SingleFlight<String>.Leader two = leader(join("l", TIMEOUT));

        one.complete("v");
        two.complete("v");
    }

    @Test
    void a_leader_that_completed_makes_room_for_the_next() {
        leader(join("k", TIMEOUT)).complete("v");

        leader(join("k", TIMEOUT)).complete("w");
    }

    @Test
    void a_leader_that_fails_lets_all_go_at_once() throws Exception {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));
        List<Future<Role<String>>> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(joinElsewhere("k"));
        }
        awaitFollowers(20);

        leader.fail();

        for (Future<Role<String>> other : others) {
            assertThat(other.get(10, SECONDS)).isEqualTo(new Alone<>());
        }
    }

    @Test
    void for_ten_seconds_after_a_failure_nobody_waits_for_the_key() {
        leader(join("k", TIMEOUT)).fail();

        assertThat(join("k", TIMEOUT)).isEqualTo(new Alone<>());
        leader(join("l", TIMEOUT)).complete("v");
        nanos.addAndGet(Duration.ofMillis(9_999).toNanos());
        assertThat(join("k", TIMEOUT)).isEqualTo(new Alone<>());
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        leader(join("k", TIMEOUT)).complete("v");
    }

    @Test
    void a_leader_ends_once() {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));
        leader.complete("v");
        leader.fail();
        leader.complete("w");

        leader(join("k", TIMEOUT)).complete("v");
    }

    @Test
    void with_a_timeout_of_zero_nobody_waits() {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));

        assertThat(join("k", Duration.ZERO)).isEqualTo(new Alone<>());
        leader.complete("v");
    }

    @Test
    void who_followed_in_vain_leads_next() throws Exception {
        SingleFlight<String>.Leader lost = leader(join("k", TIMEOUT));

        Future<Role<String>> impatient = threads.submit(() -> join("k", Duration.ofMillis(1)));
        SingleFlight<String>.Leader next = leader(impatient.get(10, SECONDS));
        next.detach(); // its thread may be the one that boards next
        Future<Role<String>> later = joinElsewhere("k");
        awaitFollowers(1);
        lost.complete("late");
        assertThat(later.isDone()).isFalse();
        next.complete("v");

        assertThat(later.get(10, SECONDS)).isEqualTo(new Follower<>("v"));
    }

    @Test
    void of_many_who_followed_in_vain_one_leads_and_the_others_go_alone() throws Exception {
        SingleFlight<String>.Leader lost = leader(join("k", TIMEOUT));
        List<Future<Role<String>>> impatient = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            impatient.add(threads.submit(() -> join("k", Duration.ofMillis(50))));
        }
        int leaders = 0;
        for (Future<Role<String>> one : impatient) {
            if (one.get(10, SECONDS) instanceof SingleFlight<String>.Leader leader) {
                leaders++;
                leader.complete("v");
            }
        }
        lost.fail();

        assertThat(leaders).isGreaterThanOrEqualTo(1);
    }

    @Test
    void who_needs_its_own_value_goes_alone() {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));

        assertThat(join("k", TIMEOUT)).isEqualTo(new Alone<>());
        leader.complete("v");
    }

    @Test
    void two_threads_that_need_each_others_key_do_not_wait_for_each_other() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Future<Role<String>> one = threads.submit(() -> nested("k", "l", both));
        Future<Role<String>> two = threads.submit(() -> nested("l", "k", both));

        List<Role<String>> inner = List.of(one.get(10, SECONDS), two.get(10, SECONDS));

        // at least one of them goes alone; the other may get what it waits for
        assertThat(inner).contains(new Alone<>());
        assertThat(inner).allMatch(any -> any.equals(new Alone<>()) || any instanceof Follower<String>);
    }

    @Test
    void three_threads_in_a_ring_do_not_wait_for_each_other() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);
        List<Future<Role<String>>> ring = List.of(
                threads.submit(() -> nested("a", "b", all)),
                threads.submit(() -> nested("b", "c", all)),
                threads.submit(() -> nested("c", "a", all)));

        for (Future<Role<String>> one : ring) {
            one.get(10, SECONDS);
        }
    }

    private Role<String> nested(String outer, String inner, CyclicBarrier barrier) throws Exception {
        SingleFlight<String>.Leader leader = leader(join(outer, TIMEOUT));
        barrier.await(10, SECONDS);
        Role<String> role = join(inner, TIMEOUT);
        leader.complete("of " + outer);
        return role;
    }

    @Test
    void an_interrupted_caller_goes_alone_and_stays_interrupted() throws Exception {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            Role<String> role = join("k", TIMEOUT);
            interrupted.complete(role instanceof Alone && Thread.currentThread().isInterrupted());
        });
        waiting.start();
        awaitFollowers(1);

        waiting.interrupt();

        assertThat(interrupted.get(10, SECONDS)).isTrue();
        waiting.join();
        leader.complete("v");
    }

    @Test
    void a_detached_leader_completes_from_another_thread() throws Exception {
        SingleFlight<String>.Leader leader = leader(join("k", TIMEOUT));
        leader.detach();
        Future<Role<String>> other = joinElsewhere("k");
        awaitFollowers(1);

        threads.submit(() -> leader.complete("v")).get(10, SECONDS);

        assertThat(other.get(10, SECONDS)).isEqualTo(new Follower<>("v"));
    }

    @Test
    void hundreds_of_callers_make_one_call() throws Exception {
        int callers = 300;
        AtomicInteger calls = new AtomicInteger();
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            CountDownLatch waiting = new CountDownLatch(1);
            CyclicBarrier together = new CyclicBarrier(callers);
            List<Future<Role<String>>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> {
                    together.await(30, SECONDS);
                    Role<String> role = join(key, TIMEOUT);
                    if (role instanceof SingleFlight<String>.Leader leader) {
                        calls.incrementAndGet();
                        waiting.await(30, SECONDS);
                        leader.complete("v");
                    }
                    return role;
                }));
            }
            awaitFollowers(callers - 1);
            waiting.countDown();
            for (Future<Role<String>> one : all) {
                assertThat(one.get(30, SECONDS)).isInstanceOfAny(Leader.class, Follower.class);
            }
        }
        assertThat(calls).hasValue(5);
    }

    @Test
    void a_lookup_is_outdated_by_a_leader_that_completed_since() {
        int before = flights.completions("k");
        leader(join("k", TIMEOUT)).complete("v");

        Role<String> second = flights.join("k", "k", before, TIMEOUT);
        leader(second).fail();

        assertThat(second.runner().isLookupOutdated()).isTrue();
    }

    @Test
    void a_lookup_is_outdated_by_a_leader_of_another_key() {
        int before = flights.completions("k");
        leader(flights.join("k 1", "k", before, TIMEOUT)).complete("v");

        Role<String> second = flights.join("k 2", "k", before, TIMEOUT);
        leader(second).fail();

        assertThat(second.runner().isLookupOutdated()).isTrue();
    }

    @Test
    void no_lookup_is_outdated_if_no_leader_completes() {
        leader(join("k", TIMEOUT)).complete("v");
        SingleFlight<String>.Leader other = leader(join("l", TIMEOUT));

        Role<String> first = join("k", TIMEOUT);
        leader(first).fail();
        other.complete("w");

        assertThat(first.runner().isLookupOutdated()).isFalse();
    }

    private Role<String> join(String key, Duration patience) {
        return flights.join(key, key, flights.completions(key), patience);
    }

    private Future<Role<String>> joinElsewhere(String key) {
        return threads.submit(() -> join(key, TIMEOUT));
    }

    private void awaitFollowers(int callers) {
        await().atMost(Duration.ofSeconds(20)).until(() -> flights.followers() == callers);
    }

    private static SingleFlight<String>.Leader leader(Role<String> role) {
        assertThat(role).isInstanceOf(Leader.class);
        return (SingleFlight<String>.Leader) role;
    }
}
