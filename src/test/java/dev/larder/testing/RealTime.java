package dev.larder.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** The time of a process of its own, which no test can move: it is awaited. */
public final class RealTime {

    private static final Duration TICK = Duration.ofMillis(5);

    private RealTime() {}

    /** Awaits that the clock is so much further. */
    public static void pass(Duration time) {
        long due = System.nanoTime() + time.toNanos();
        await().pollDelay(Duration.ZERO)
                .pollInterval(TICK)
                .atMost(time.plusSeconds(30))
                .until(() -> System.nanoTime() - due >= 0);
    }

    /** The same for a store that counts in ticks of its own, which are longer than ours, the more so on a loaded machine. */
    public static void passInTicks(Duration time) {
        pass(time.multipliedBy(103).dividedBy(100).plusMillis(10));
    }
}
