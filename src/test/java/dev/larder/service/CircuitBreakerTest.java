package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.statistics.CacheEvents;
import dev.larder.testing.RecordedEvents;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final Seconds seconds = new Seconds();
    private final AtomicInteger probes = new AtomicInteger();
    private CircuitBreaker breaker = new CircuitBreaker(seconds, probes::incrementAndGet, CacheEvents.NONE);

    private void failFiveTimes() {
        for (int i = 0; i < 5; i++) {
            breaker.failed();
        }
    }

    @Test
    void it_opens_at_the_fifth_failure_in_a_row() {
        for (int i = 0; i < 4; i++) {
            breaker.failed();
        }
        breaker.succeeded();
        for (int i = 0; i < 4; i++) {
            breaker.failed();
        }
        assertThat(breaker.isClosed()).isTrue();
        assertThat(seconds.waiting()).isZero();

        breaker.failed();

        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void it_probes_once_a_second_while_it_is_open() {
        failFiveTimes();
        breaker.failed();
        assertThat(probes).hasValue(0);

        seconds.pass();
        assertThat(probes).hasValue(1);
        seconds.pass();
        assertThat(probes).hasValue(2);
        breaker.succeeded();
        seconds.pass();

        assertThat(probes).hasValue(2);
        assertThat(seconds.waiting()).isZero();
    }

    @Test
    void however_often_it_opens_there_is_one_probe_a_second() {
        for (int i = 0; i < 10; i++) {
            failFiveTimes();
            breaker.succeeded();
        }
        failFiveTimes();

        seconds.pass();

        assertThat(probes).hasValue(1);
        assertThat(seconds.waiting()).isEqualTo(1);
    }

    @Test
    void one_that_opens_again_during_its_probe_is_probed_again() {
        breaker = new CircuitBreaker(
                seconds,
                () -> {
                    breaker.succeeded();
                    failFiveTimes();
                },
                CacheEvents.NONE);
        failFiveTimes();

        seconds.pass();

        assertThat(breaker.isClosed()).isFalse();
        assertThat(seconds.waiting()).isEqualTo(1);
    }

    @Test
    void a_probe_that_ends_in_an_error_is_not_the_last() {
        breaker = new CircuitBreaker(
                seconds,
                () -> {
                    throw new StackOverflowError("in the backend");
                },
                CacheEvents.NONE);
        failFiveTimes();
        try {
            seconds.pass();
        } catch (StackOverflowError expected) {
            assertThat(expected).hasMessage("in the backend");
        }

        assertThat(seconds.waiting()).isEqualTo(1);
    }

    @Test
    void each_opening_and_closing_is_one_event() {
        RecordedEvents events = new RecordedEvents();
        breaker = new CircuitBreaker(seconds, () -> {}, events);
        failFiveTimes();
        failFiveTimes();
        breaker.open();
        assertThat(events.taken()).containsExactly("opened");

        breaker.succeeded();
        breaker.succeeded();
        assertThat(events.taken()).containsExactly("closed");
        breaker.open();
        assertThat(events.taken()).containsExactly("opened");
    }
}
