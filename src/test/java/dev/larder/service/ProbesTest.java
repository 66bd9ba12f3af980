package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbesTest {

    private final Probes probes = new Probes(2);
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicReference<Thread> thread = new AtomicReference<>();

    @AfterEach
    void close() {
        probes.close();
    }

    private void hang() {
        thread.set(Thread.currentThread());
        begun.countDown();
        try {
            hangs.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEndOfThread() {
        await().atMost(30, SECONDS).until(() -> !thread.get().isAlive());
    }

    @Test
    void a_backend_that_hangs_keeps_no_other_from_its_probe() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        probes.later(this::hang);
        assertThat(begun.await(30, SECONDS)).isTrue();

        probes.later(other::countDown);

        assertThat(other.await(30, SECONDS)).isTrue();
    }

    @Test
    void a_thread_ends_when_nothing_is_to_be_probed_any_more() throws Exception {
        probes.later(this::hang);
        assertThat(begun.await(30, SECONDS)).isTrue();
        assertThat(thread.get().getName()).startsWith("larder-probe-");

        hangs.countDown();

        awaitEndOfThread();
    }

    @Test
    void a_probe_under_way_ends_at_undeployment_and_none_follows() throws Exception {
        AtomicBoolean followed = new AtomicBoolean();
        probes.later(() -> {
            hang();
            probes.later(() -> followed.set(true));
        });
        assertThat(begun.await(30, SECONDS)).isTrue();

        probes.close();

        awaitEndOfThread();
        assertThat(followed).isFalse();
    }
}
