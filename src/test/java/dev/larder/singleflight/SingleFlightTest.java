package dev.larder.singleflight;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.singleflight.SingleFlight.Alone;
import dev.larder.singleflight.SingleFlight.Arrived;
import dev.larder.singleflight.SingleFlight.Boarding;
import dev.larder.singleflight.SingleFlight.Leads;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleFlightTest {

    /** Longer than any test takes: whoever waits so long has not been woken. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong();
    private final SingleFlight<String> flights = new SingleFlight<>(nanos::get);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothing_is_left() {
        threads.shutdownNow();
        assertThat(flights.size()).isZero();
        assertThat(flights.waiting()).isZero();
    }

    @Test
    void the_first_leads_and_the_others_get_what_it_brings() throws Exception {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));
        Future<Boarding<String>> other = boardsElsewhere("k");
        awaitWaiting(1);

        landAndStore(flight, "v");

        assertThat(other.get(10, SECONDS)).isEqualTo(new Arrived<>("v"));
    }

    private static void landAndStore(SingleFlight<String>.Flight flight, String value) {
        flight.land(value);
        flight.over();
    }

    @Test
    void who_misses_the_key_before_the_cargo_is_stored_gets_it_from_the_flight() {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));
        assertThat(flights.landed("k")).isNull();

        flight.land("v");

        assertThat(flights.landed("k")).isEqualTo("v");
        assertThat(board("k", PATIENCE)).isEqualTo(new Arrived<>("v"));
        flight.over();
        assertThat(flights.landed("k")).isNull();
    }

    @Test
    void another_key_is_another_flight() {
        SingleFlight<String>.Flight one = leads(board("k", PATIENCE));
        SingleFlight<String>.Flight two = leads(board("l", PATIENCE));

        landAndStore(one, "v");
        landAndStore(two, "v");
    }

    @Test
    void a_flight_that_landed_makes_room_for_the_next() {
        landAndStore(leads(board("k", PATIENCE)), "v");

        landAndStore(leads(board("k", PATIENCE)), "w");
    }

    @Test
    void a_flight_that_fails_lets_all_go_at_once() throws Exception {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));
        List<Future<Boarding<String>>> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(boardsElsewhere("k"));
        }
        awaitWaiting(20);

        flight.fail();

        for (Future<Boarding<String>> other : others) {
            assertThat(other.get(10, SECONDS)).isEqualTo(new Alone<>());
        }
    }

    @Test
    void for_ten_seconds_after_a_failure_nobody_waits_for_the_key() {
        leads(board("k", PATIENCE)).fail();

        assertThat(board("k", PATIENCE)).isEqualTo(new Alone<>());
        landAndStore(leads(board("l", PATIENCE)), "v");
        nanos.addAndGet(Duration.ofMillis(9_999).toNanos());
        assertThat(board("k", PATIENCE)).isEqualTo(new Alone<>());
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        landAndStore(leads(board("k", PATIENCE)), "v");
    }

    @Test
    void a_flight_ends_once() {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));
        landAndStore(flight, "v");
        flight.fail();
        landAndStore(flight, "w");

        landAndStore(leads(board("k", PATIENCE)), "v");
    }

    @Test
    void without_patience_nobody_waits() {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));

        assertThat(board("k", Duration.ZERO)).isEqualTo(new Alone<>());
        landAndStore(flight, "v");
    }

    @Test
    void who_waited_in_vain_leads_the_next_flight() throws Exception {
        SingleFlight<String>.Flight lost = leads(board("k", PATIENCE));

        Future<Boarding<String>> impatient = threads.submit(() -> board("k", Duration.ofMillis(1)));
        SingleFlight<String>.Flight next = leads(impatient.get(10, SECONDS));
        next.detach(); // its thread may be the one that boards next
        Future<Boarding<String>> later = boardsElsewhere("k");
        awaitWaiting(1);
        landAndStore(lost, "late");
        assertThat(later.isDone()).isFalse();
        landAndStore(next, "v");

        assertThat(later.get(10, SECONDS)).isEqualTo(new Arrived<>("v"));
    }

    @Test
    void of_many_who_waited_in_vain_one_leads_and_the_others_go_alone() throws Exception {
        SingleFlight<String>.Flight lost = leads(board("k", PATIENCE));
        List<Future<Boarding<String>>> impatient = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            impatient.add(threads.submit(() -> board("k", Duration.ofMillis(50))));
        }
        int leaders = 0;
        for (Future<Boarding<String>> one : impatient) {
            if (one.get(10, SECONDS) instanceof Leads<String> leads) {
                leaders++;
                landAndStore(leads.flight(), "v");
            }
        }
        lost.fail();

        assertThat(leaders).isGreaterThanOrEqualTo(1);
    }

    @Test
    void who_needs_its_own_flight_goes_alone() {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));

        assertThat(board("k", PATIENCE)).isEqualTo(new Alone<>());
        landAndStore(flight, "v");
    }

    @Test
    void two_threads_that_need_each_others_key_do_not_wait_for_each_other() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Future<Boarding<String>> one = threads.submit(() -> nested("k", "l", both));
        Future<Boarding<String>> two = threads.submit(() -> nested("l", "k", both));

        List<Boarding<String>> inner = List.of(one.get(10, SECONDS), two.get(10, SECONDS));

        // at least one of them goes alone; the other may get what it waits for
        assertThat(inner).contains(new Alone<>());
        assertThat(inner).allMatch(any -> any.equals(new Alone<>()) || any instanceof Arrived<String>);
    }

    @Test
    void three_threads_in_a_ring_do_not_wait_for_each_other() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);
        List<Future<Boarding<String>>> ring = List.of(
                threads.submit(() -> nested("a", "b", all)),
                threads.submit(() -> nested("b", "c", all)),
                threads.submit(() -> nested("c", "a", all)));

        for (Future<Boarding<String>> one : ring) {
            one.get(10, SECONDS);
        }
    }

    private Boarding<String> nested(String outer, String inner, CyclicBarrier barrier) throws Exception {
        SingleFlight<String>.Flight flight = leads(board(outer, PATIENCE));
        barrier.await(10, SECONDS);
        Boarding<String> boarding = board(inner, PATIENCE);
        landAndStore(flight, "of " + outer);
        return boarding;
    }

    @Test
    void an_interrupted_caller_goes_alone_and_stays_interrupted() throws Exception {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            Boarding<String> boarding = board("k", PATIENCE);
            interrupted.complete(
                    boarding instanceof Alone && Thread.currentThread().isInterrupted());
        });
        waiting.start();
        awaitWaiting(1);

        waiting.interrupt();

        assertThat(interrupted.get(10, SECONDS)).isTrue();
        waiting.join();
        landAndStore(flight, "v");
    }

    @Test
    void a_detached_flight_lands_from_another_thread() throws Exception {
        SingleFlight<String>.Flight flight = leads(board("k", PATIENCE));
        flight.detach();
        Future<Boarding<String>> other = boardsElsewhere("k");
        awaitWaiting(1);

        threads.submit(() -> landAndStore(flight, "v")).get(10, SECONDS);

        assertThat(other.get(10, SECONDS)).isEqualTo(new Arrived<>("v"));
    }

    @Test
    void hundreds_of_callers_make_one_call() throws Exception {
        int callers = 300;
        AtomicInteger calls = new AtomicInteger();
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            CountDownLatch waiting = new CountDownLatch(1);
            CyclicBarrier together = new CyclicBarrier(callers);
            List<Future<Boarding<String>>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> {
                    together.await(30, SECONDS);
                    Boarding<String> boarding = board(key, PATIENCE);
                    if (boarding instanceof Leads<String> leads) {
                        calls.incrementAndGet();
                        waiting.await(30, SECONDS);
                        landAndStore(leads.flight(), "v");
                    }
                    return boarding;
                }));
            }
            awaitWaiting(callers - 1);
            waiting.countDown();
            for (Future<Boarding<String>> one : all) {
                assertThat(one.get(30, SECONDS)).isInstanceOfAny(Leads.class, Arrived.class);
            }
        }
        assertThat(calls).hasValue(5);
    }

    @Test
    void who_leads_is_told_of_a_flight_that_ended_since_the_look_up() {
        int before = flights.ended("k");
        landAndStore(leads(board("k", PATIENCE)), "v");

        Boarding<String> overtaken = flights.board("k", "k", before, PATIENCE);
        leads(overtaken).fail();

        assertThat(((Leads<String>) overtaken).overtaken()).isTrue();
    }

    @Test
    void who_leads_is_told_of_it_under_another_key_of_the_same_look_up() {
        int before = flights.ended("k");
        landAndStore(leads(flights.board("k 1", "k", before, PATIENCE)), "v");

        Boarding<String> overtaken = flights.board("k 2", "k", before, PATIENCE);
        leads(overtaken).fail();

        assertThat(((Leads<String>) overtaken).overtaken()).isTrue();
    }

    @Test
    void nothing_overtakes_a_look_up_if_no_flight_ends() {
        landAndStore(leads(board("k", PATIENCE)), "v");
        SingleFlight<String>.Flight other = leads(board("l", PATIENCE));

        Boarding<String> first = board("k", PATIENCE);
        leads(first).fail();
        landAndStore(other, "w");

        assertThat(((Leads<String>) first).overtaken()).isFalse();
    }

    private Boarding<String> board(String key, Duration patience) {
        return flights.board(key, key, flights.ended(key), patience);
    }

    private Future<Boarding<String>> boardsElsewhere(String key) {
        return threads.submit(() -> board(key, PATIENCE));
    }

    private void awaitWaiting(int callers) {
        await().atMost(Duration.ofSeconds(20)).until(() -> flights.waiting() == callers);
    }

    private static SingleFlight<String>.Flight leads(Boarding<String> boarding) {
        assertThat(boarding).isInstanceOf(Leads.class);
        return ((Leads<String>) boarding).flight();
    }
}
