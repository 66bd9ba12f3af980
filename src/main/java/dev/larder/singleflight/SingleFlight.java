package dev.larder.singleflight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * <p>If the leader fails, its followers call the origin at once, each for itself, and for ten seconds nobody follows for
 * that key: a value that cannot be stored would only make callers queue. Nobody follows a leader that waits (through other
 * leaders) for the caller's own thread.
 *
 * <p>Thread-safe. Holds one entry for each leader, and a bounded number of keys that failed.
 *
 * @param <V> the type of the values
 */
public final class SingleFlight<V> {

    private static final Duration FAILED_KEY_TTL = Duration.ofSeconds(10);
    private static final long MAX_FAILED_KEY_CHARACTERS = 1 << 20;
    private static final int COMPLETION_COUNTERS = 1024;

    private final ConcurrentHashMap<String, Leader> leaders = new ConcurrentHashMap<>();

    /** The leader that each waiting thread follows, of any instance: their calls may be nested in each other. */
    private static final ConcurrentHashMap<Thread, SingleFlight<?>.Leader> FOLLOWED = new ConcurrentHashMap<>();

    /** The leader in whose call of the origin the thread is, if that was made by {@link #within}. */
    private static final ThreadLocal<SingleFlight<?>.@Nullable Leader> CURRENT = new ThreadLocal<>();

    /** How many leaders completed, by the hash of what they had looked up. */
    private final AtomicIntegerArray completions = new AtomicIntegerArray(COMPLETION_COUNTERS);

    private final Ticker time;

    /** Created by the first failure, so that a deployment does not wait for Caffeine's classes. */
    private volatile @Nullable Cache<String, Boolean> failedKeys;

    /** Uses the system's time. */
    public SingleFlight() {
        this(Ticker.systemTicker());
    }

    /** Uses another source of time. */
    public SingleFlight(Ticker time) {
        this.time = time;
    }

    /** What a caller is to do about a missing key. */
    public sealed interface Role<V> {

        /** The caller as one that calls the origin: a follower that cannot use the value does so alone. */
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

        /** There is a value, and it is stored: gives it to all followers. */
        void complete(V value);

        /**
         * There is a value to store: gives it to all followers, and to every caller that joins until it is stored.
         *
         * @param executor runs the storing, now or on another thread; false if it will not run
         */
        void complete(V value, Predicate<Runnable> executor, Runnable storing);

        /** There is no value, or none that can be stored: all followers call the origin. Without effect after completion. */
        void fail();

        /** The caller's thread goes on, and the value will come from another one. */
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
     * Joins the callers that miss a key. Waits if another one leads.
     *
     * @param lookup what was looked up in vain: the same for all callers of a key
     * @param completionsBefore what {@link #completions} returned before that lookup
     * @param timeout how long to follow at most; zero: the caller neither leads nor follows
     */
    public Role<V> join(String key, String lookup, int completionsBefore, Duration timeout) {
        if (timeout.isZero() || hasFailed(key)) {
            return new Alone<>();
        }
        Leader self = new Leader(key, slot(lookup), completionsBefore, CURRENT.get());
        Leader other = leaders.putIfAbsent(key, self);
        return other == null ? self : follow(other, self, timeout);
    }

    /** The leader in whose call of the origin this thread is; null if there is none. To be given to {@link #joinAsync}. */
    public static SingleFlight<?>.@Nullable Leader current() {
        return CURRENT.get();
    }

    /**
     * Calls an origin, so that joins in it are seen to be nested.
     *
     * @param runner who calls it; if it runs alone, the call belongs to {@code outer}
     */
    public static <S> S within(Runner<?> runner, SingleFlight<?>.@Nullable Leader outer, Supplier<S> origin) {
        SingleFlight<?>.Leader before = CURRENT.get();
        set(runner instanceof SingleFlight<?>.Leader leader ? leader : outer);
        try {
            return origin.get();
        } finally {
            set(before);
        }
    }

    private static void set(SingleFlight<?>.@Nullable Leader leader) {
        if (leader == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(leader);
        }
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
        if (timeout.isZero() || hasFailed(key)) {
            return CompletableFuture.completedStage(new Alone<>());
        }
        Leader self = new Leader(key, slot(lookup), completionsBefore, outer);
        self.detach();
        Leader other = leaders.putIfAbsent(key, self);
        if (other == null) {
            return CompletableFuture.completedStage(self);
        }
        if (isNestedIn(other, outer)) {
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

    /** One follower leads after its timeout, so that new callers do not wait for a lost leader. */
    private Role<V> takeLead(Leader lost, Leader successor) {
        return leaders.replace(lost.key, lost, successor) ? successor : new Alone<>();
    }

    /** Notes that a call waits for a leader. True if that leader waits, through other leaders, for the caller's own. */
    private static boolean isNestedIn(SingleFlight<?>.Leader leader, SingleFlight<?>.@Nullable Leader outer) {
        if (outer == null) {
            return false;
        }
        outer.awaited.add(leader);
        Set<SingleFlight<?>.Leader> seen = new HashSet<>();
        Deque<SingleFlight<?>.Leader> next = new ArrayDeque<>(List.of(leader));
        while (!next.isEmpty()) {
            SingleFlight<?>.Leader each = next.remove();
            if (each == outer) {
                return true;
            }
            if (seen.add(each)) {
                next.addAll(each.awaited);
            }
        }
        return false;
    }

    /** Returns the value of a leader that has completed but not yet stored it; null if there is none. */
    public @Nullable V completed(String key) {
        Leader leader = leaders.get(key);
        return leader == null ? null : leader.value.getNow(Optional.empty()).orElse(null);
    }

    /** How many leaders call the origin, or store what it gave. */
    public int leaders() {
        return leaders.size();
    }

    /** How many callers wait for a leader. */
    public int followers() {
        return (int) FOLLOWED.values().stream()
                .filter(leader -> leader.flights() == this)
                .count();
    }

    private Role<V> follow(Leader leader, Leader successor, Duration timeout) {
        Thread self = Thread.currentThread();
        SingleFlight<?>.Leader outer = FOLLOWED.put(self, leader);
        try {
            if (waitsFor(leader, self) || isNestedIn(leader, CURRENT.get())) {
                return new Alone<>();
            }
            Optional<V> value = leader.value.get(nanos(timeout), TimeUnit.NANOSECONDS);
            return value.<Role<V>>map(Follower::new).orElseGet(Alone::new);
        } catch (TimeoutException e) {
            return takeLead(leader, successor);
        } catch (InterruptedException e) {
            self.interrupt();
            return new Alone<>();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A leader never completes exceptionally", e);
        } finally {
            if (outer == null) {
                FOLLOWED.remove(self);
            } else {
                FOLLOWED.put(self, outer);
            }
        }
    }

    /** Whether a leader can complete only after a thread has gone on. */
    private static boolean waitsFor(SingleFlight<?>.Leader leader, Thread thread) {
        SingleFlight<?>.Leader next = leader;
        for (int hops = 0; next != null && hops < 1000; hops++) {
            Thread leading = next.thread;
            if (leading == thread) {
                return true;
            }
            next = leading == null ? null : FOLLOWED.get(leading);
        }
        return false;
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : duration.toNanos();
    }

    private boolean hasFailed(String key) {
        Cache<String, Boolean> failed = failedKeys;
        return failed != null && failed.getIfPresent(key) != null;
    }

    private synchronized Cache<String, Boolean> failedKeys() {
        Cache<String, Boolean> failed = failedKeys;
        if (failed == null) {
            failed = Caffeine.newBuilder()
                    .expireAfterWrite(FAILED_KEY_TTL)
                    .maximumWeight(MAX_FAILED_KEY_CHARACTERS)
                    .weigher((String key, Boolean any) -> key.length() + 1)
                    .ticker(time)
                    .executor(Runnable::run)
                    .build();
            failedKeys = failed;
        }
        return failed;
    }

    /** The one caller that calls the origin for a key. */
    public final class Leader implements Runner<V> {
        private final String key;
        private final int slot;
        private final int completionsBefore;
        private final CompletableFuture<Optional<V>> value = new CompletableFuture<>();

        /** The thread that must go on before this leader can complete; null if none must. */
        private volatile @Nullable Thread thread = Thread.currentThread();

        /** Leaders that its call of the origin waits for, or has waited for. */
        private final Set<SingleFlight<?>.Leader> awaited = ConcurrentHashMap.newKeySet();

        private Leader(String key, int slot, int completionsBefore, SingleFlight<?>.@Nullable Leader outer) {
            this.key = key;
            this.slot = slot;
            this.completionsBefore = completionsBefore;
            if (outer != null) {
                outer.awaited.add(this);
            }
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
            thread = null;
            value.complete(Optional.of(result));
        }

        private void end() {
            completions.incrementAndGet(slot); // before it is removed, so that the next leader sees it
            leaders.remove(key, this);
        }

        @Override
        public void fail() {
            if (!value.isDone()) {
                if (leaders.remove(key, this)) { // not if another one leads already
                    failedKeys().put(key, Boolean.TRUE);
                }
                thread = null;
                value.complete(Optional.empty());
            }
        }

        @Override
        public void detach() {
            thread = null;
        }
    }
}
