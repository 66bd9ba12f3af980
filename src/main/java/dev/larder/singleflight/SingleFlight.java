package dev.larder.singleflight;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges concurrent misses of a key into one call of the origin. Each caller that misses joins: the first is the leader and calls
 * the origin, the others are followers and wait for its value.
 *
 * <p>If the leader fails, its followers call the origin at once, each for itself, and for ten seconds there are no
 * followers for that key: a value that cannot be stored would only make callers queue. Nobody follows a leader that waits (through other
 * leaders) for the caller's own thread.
 *
 * <p>Thread-safe. Holds one entry for each leader, and a bounded number of keys that failed.
 *
 * @param <V> the type of the values
 */
public final class SingleFlight<V> {

    private static final int COMPLETION_COUNTERS = 1024;

    private final ConcurrentHashMap<String, Leader> leaders = new ConcurrentHashMap<>();

    /** How many leaders completed, by the hash of their lookup. */
    private final AtomicIntegerArray completions = new AtomicIntegerArray(COMPLETION_COUNTERS);

    private final FailedKeys failedKeys;

    /** Uses the system's clock. */
    public SingleFlight() {
        this(Ticker.systemTicker());
    }

    /** Uses another clock. */
    public SingleFlight(Ticker time) {
        this.failedKeys = new FailedKeys(time);
    }

    /** What a caller does about a missing key. */
    public sealed interface Role<V> {

        /** The caller as one that calls the origin. A follower that cannot use the value calls it alone. */
        Runner<V> runner();
    }

    /** The caller waited for another one, which called the origin for this value. */
    public record Follower<V>(V value) implements Role<V> {

        @Override
        public Runner<V> runner() {
            return new Alone<>();
        }
    }

    /** The caller calls the origin, and then completes or fails, once. */
    public sealed interface Runner<V> extends Role<V> {

        @Override
        default Runner<V> runner() {
            return this;
        }

        /**
         * Whether another leader may have completed since the caller's lookup began: its value may be stored now, so look up
         * again.
         */
        boolean isLookupOutdated();

        /** Gives a value that is stored to all followers. */
        void complete(V value);

        /**
         * Gives a value that is not stored yet to all followers, and to every caller that joins until it is stored.
         *
         * @param executor runs the storing, now or on another thread; false if it will not run
         */
        void complete(V value, Predicate<Runnable> executor, Runnable storing);

        /** Ends without a value, or with one that cannot be stored: all followers call the origin. Without effect after completion. */
        void fail();

        /** The caller's thread continues, and another one will complete the value. */
        void detach();
    }

    /** The caller calls the origin for itself alone. */
    public record Alone<V>() implements Runner<V> {

        @Override
        public boolean isLookupOutdated() {
            return false;
        }

        @Override
        public void complete(V value) {}

        @Override
        public void complete(V value, Predicate<Runnable> executor, Runnable storing) {
            var unused = executor.test(storing);
        }

        @Override
        public void fail() {}

        @Override
        public void detach() {}
    }

    /**
     * Counts the leaders that have completed. Call it before a lookup.
     *
     * @param lookup what will be looked up; keys with the same hash share one counter
     */
    public int completions(String lookup) {
        return completions.get(slot(lookup));
    }

    private static int slot(String lookup) {
        int hash = lookup.hashCode();
        return (hash ^ (hash >>> 16)) & (COMPLETION_COUNTERS - 1);
    }

    /**
     * Joins the callers that miss a key. Waits if another caller leads.
     *
     * @param lookup the lookup that was a miss; the same for all callers of a key
     * @param completionsBefore what {@link #completions} returned before that lookup
     * @param timeout the longest time to follow; with zero, the caller neither leads nor follows
     */
    public Role<V> join(String key, String lookup, int completionsBefore, Duration timeout) {
        if (timeout.isZero() || failedKeys.contains(key)) {
            return new Alone<>();
        }
        Leader self = new Leader(key, slot(lookup), completionsBefore, OriginCall.current());
        Leader other = leaders.putIfAbsent(key, self);
        return other == null ? self : follow(other, self, timeout);
    }

    /** The leader in whose call of the origin this thread is; null if there is none. To be given to {@link #joinAsync}. */
    public static SingleFlight<?>.@Nullable Leader current() {
        return (SingleFlight<?>.Leader) OriginCall.current();
    }

    /**
     * Calls an origin, so that joins in it are recognized as nested.
     *
     * @param runner who calls it; if it runs alone, the call belongs to {@code outer}
     */
    public static <S> S within(Runner<?> runner, SingleFlight<?>.@Nullable Leader outer, Supplier<S> origin) {
        return OriginCall.within(runner instanceof SingleFlight<?>.Leader leader ? leader : outer, origin);
    }

    /**
     * Joins like {@link #join}, but no thread waits.
     *
     * @param outer the leader in whose call of the origin the caller is; null if there is none
     * @param timer runs a task after a time, unless the stage completes before
     */
    public CompletionStage<Role<V>> joinAsync(
            String key,
            String lookup,
            int completionsBefore,
            Duration timeout,
            SingleFlight<?>.@Nullable Leader outer,
            BiFunction<Duration, Runnable, Future<?>> timer) {
        if (timeout.isZero() || failedKeys.contains(key)) {
            return CompletableFuture.completedStage(new Alone<>());
        }
        Leader self = new Leader(key, slot(lookup), completionsBefore, outer);
        self.detach();
        Leader other = leaders.putIfAbsent(key, self);
        if (other == null) {
            return CompletableFuture.completedStage(self);
        }
        if (other.waitsFor(outer)) {
            return CompletableFuture.completedStage(new Alone<>());
        }
        CompletableFuture<Role<V>> role = new CompletableFuture<>();
        Future<?> timeLimit = timer.apply(timeout, () -> role.complete(takeLead(other, self)));
        var unused = other.value.thenAccept(value -> {
            timeLimit.cancel(false);
            role.complete(value.<Role<V>>map(Follower::new).orElseGet(Alone::new));
        });
        return role;
    }

    /** Lets one follower lead after its timeout, so that new callers do not wait for a lost leader. */
    private Role<V> takeLead(Leader lost, Leader successor) {
        return leaders.replace(lost.key, lost, successor) ? successor : new Alone<>();
    }

    /** Returns the value of a leader that has completed but not yet stored it; null if there is none. */
    public @Nullable V completed(String key) {
        Leader leader = leaders.get(key);
        return leader == null ? null : leader.value.getNow(Optional.empty()).orElse(null);
    }

    /** How many leaders call the origin, or store its value. */
    public int leaders() {
        return leaders.size();
    }

    /** How many callers wait for a leader. */
    public int followers() {
        return OriginCall.followers(call -> call instanceof SingleFlight<?>.Leader leader && leader.flights() == this);
    }

    private Role<V> follow(Leader leader, Leader successor, Duration timeout) {
        OriginCall before = leader.startFollowing();
        try {
            if (leader.waitsForCurrentThread()) {
                return new Alone<>();
            }
            Optional<V> value = leader.value.get(nanos(timeout), TimeUnit.NANOSECONDS);
            return value.<Role<V>>map(Follower::new).orElseGet(Alone::new);
        } catch (TimeoutException e) {
            return takeLead(leader, successor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Alone<>();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A leader never completes exceptionally", e);
        } finally {
            OriginCall.stopFollowing(before);
        }
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : duration.toNanos();
    }

    /** The one caller that calls the origin for a key. */
    public final class Leader extends OriginCall implements Runner<V> {
        private final String key;
        private final int slot;
        private final int completionsBefore;
        private final CompletableFuture<Optional<V>> value = new CompletableFuture<>();

        private Leader(String key, int slot, int completionsBefore, @Nullable OriginCall outer) {
            super(outer);
            this.key = key;
            this.slot = slot;
            this.completionsBefore = completionsBefore;
        }

        private SingleFlight<V> flights() {
            return SingleFlight.this;
        }

        @Override
        public boolean isLookupOutdated() {
            return completions.get(slot) != completionsBefore;
        }

        @Override
        public void complete(V stored) {
            publish(stored);
            end();
        }

        @Override
        public void complete(V unstored, Predicate<Runnable> executor, Runnable storing) {
            publish(unstored);
            boolean runs = executor.test(() -> {
                try {
                    storing.run();
                } finally {
                    end();
                }
            });
            if (!runs) {
                end();
            }
        }

        private void publish(V result) {
            detach();
            value.complete(Optional.of(result));
        }

        private void end() {
            completions.incrementAndGet(slot); // before the removal, so that the next leader sees it
            leaders.remove(key, this);
        }

        @Override
        public void fail() {
            if (!value.isDone()) {
                if (leaders.remove(key, this)) { // not if another caller leads already
                    failedKeys.add(key);
                }
                detach();
                value.complete(Optional.empty());
            }
        }
    }
}
