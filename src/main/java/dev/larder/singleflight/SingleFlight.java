package dev.larder.singleflight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are under way to fill a missing key, one for each key. Whoever misses a key boards its flight: the first
 * leads and calls the origin, the others wait for what it brings.
 *
 * <p>A flight that brings nothing lets its passengers go at once, and for ten seconds nobody waits for that key: an answer
 * that cannot be stored would only make callers queue. Nobody waits for a flight that (through other flights) waits for
 * the caller's own thread.
 *
 * <p>Thread-safe; holds one entry for each call under way, and a bounded number of keys that failed.
 *
 * @param <V> what a flight brings
 */
public final class SingleFlight<V> {

    private static final Duration GROUNDED = Duration.ofSeconds(10);
    private static final long GROUNDED_CHARACTERS = 1 << 20;
    private static final int COUNTS = 1024;

    private final ConcurrentHashMap<String, Flight> underWay = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Thread, Flight> waiting = new ConcurrentHashMap<>();
    private final Ticker time;

    /** The keys nobody waits for, made by the first of them, so that a deployment does not wait for Caffeine's classes. */
    private volatile @Nullable Cache<String, Boolean> grounded;

    /** How many flights ended, by the hash of what was looked up. */
    private final AtomicIntegerArray ended = new AtomicIntegerArray(COUNTS);

    /** Makes it with the system's time. */
    public SingleFlight() {
        this(Ticker.systemTicker());
    }

    /** Makes it with another source of time. */
    public SingleFlight(Ticker time) {
        this.time = time;
    }

    private boolean isGrounded(String key) {
        Cache<String, Boolean> known = grounded;
        return known != null && known.getIfPresent(key) != null;
    }

    private void ground(String key) {
        Cache<String, Boolean> known = grounded;
        (known == null ? make() : known).put(key, Boolean.TRUE);
    }

    private synchronized Cache<String, Boolean> make() {
        Cache<String, Boolean> known = grounded;
        if (known == null) {
            known = Caffeine.newBuilder()
                    .expireAfterWrite(GROUNDED)
                    .maximumWeight(GROUNDED_CHARACTERS)
                    .weigher((String key, Boolean any) -> key.length() + 1)
                    .ticker(time)
                    .executor(Runnable::run)
                    .build();
            grounded = known;
        }
        return known;
    }

    /** What boarding a key's flight came to. */
    public sealed interface Boarding<V> {}

    /**
     * The caller calls the origin, and must end the flight.
     *
     * @param overtaken whether another flight may have ended since the caller's look-up began: what it brought was stored
     *     too late for that
     */
    public record Leads<V>(SingleFlight<V>.Flight flight, boolean overtaken) implements Boarding<V> {}

    /** Another caller called the origin and brought this. */
    public record Arrived<V>(V value) implements Boarding<V> {}

    /** The caller calls the origin for itself alone. */
    public record Alone<V>() implements Boarding<V> {}

    /**
     * How many flights ended so far: asked before a look-up, so that boarding tells whether it was overtaken by one.
     *
     * @param lookUp what is looked up; of all that have its hash, the number is one
     */
    public int ended(String lookUp) {
        return ended.get(slot(lookUp));
    }

    private static int slot(String lookUp) {
        int hash = lookUp.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNTS - 1);
    }

    /**
     * Boards the flight of a missing key, waiting for it if another caller leads.
     *
     * @param lookUp what was looked up in vain; all who board a key looked up the same
     * @param endedBefore what {@link #ended} said before that
     * @param patience how long to wait at most; zero: not at all
     */
    public Boarding<V> board(String key, String lookUp, int endedBefore, Duration patience) {
        if (patience.isZero() || isGrounded(key)) {
            return new Alone<>();
        }
        Flight mine = new Flight(key, slot(lookUp), endedBefore);
        Flight other = underWay.putIfAbsent(key, mine);
        return other == null ? mine.leads() : other.await(mine, patience);
    }

    /** What a flight brought that has landed and whose cargo is still being stored; null if there is none. */
    public @Nullable V landed(String key) {
        Flight flight = underWay.get(key);
        return flight == null ? null : flight.brought.getNow(Optional.empty()).orElse(null);
    }

    /** How many flights are under way. */
    public int size() {
        return underWay.size();
    }

    /** How many callers wait. */
    int waiting() {
        return waiting.size();
    }

    /**
     * One call of the origin for a key. It lands or fails once, and is over when what it brought is stored; further calls
     * change nothing.
     */
    public final class Flight {
        private final String key;
        private final int slot;
        private final int endedBefore;
        private final CompletableFuture<Optional<V>> brought = new CompletableFuture<>();

        /** The thread that must return before this flight can end; null once it has left. */
        private volatile @Nullable Thread leader = Thread.currentThread();

        private Flight(String key, int slot, int endedBefore) {
            this.key = key;
            this.slot = slot;
            this.endedBefore = endedBefore;
        }

        private Boarding<V> leads() {
            return new Leads<>(this, ended.get(slot) != endedBefore);
        }

        /** The origin's answer can be stored: all who wait get it, and all who miss the key until this is over. */
        public void land(V value) {
            leader = null;
            brought.complete(Optional.of(value));
        }

        /** What it brought is stored, or could not be. */
        public void over() {
            ended.incrementAndGet(slot); // before it is gone: whoever leads the next one sees that
            underWay.remove(key, this);
        }

        /** The origin failed, or its answer cannot be stored: all who wait call the origin themselves. */
        public void fail() {
            if (!brought.isDone()) {
                if (underWay.remove(key, this)) {
                    ground(key); // not by one that another has replaced
                }
                leader = null;
                brought.complete(Optional.empty());
            }
        }

        /** The leading thread returned, and the answer will come from elsewhere. */
        public void detach() {
            leader = null;
        }

        private Boarding<V> await(Flight successor, Duration patience) {
            Thread me = Thread.currentThread();
            Flight outer = waiting.put(me, this);
            try {
                if (waitsFor(me)) {
                    return new Alone<>();
                }
                Optional<V> value = brought.get(nanos(patience), TimeUnit.NANOSECONDS);
                return value.<Boarding<V>>map(Arrived::new).orElseGet(Alone::new);
            } catch (TimeoutException e) {
                // one of those who waited in vain leads the next flight, so that later callers do not wait for a lost
                // one
                return underWay.replace(key, this, successor) ? successor.leads() : new Alone<>();
            } catch (InterruptedException e) {
                me.interrupt();
                return new Alone<>();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A flight never ends exceptionally", e);
            } finally {
                if (outer == null) {
                    waiting.remove(me);
                } else {
                    waiting.put(me, outer);
                }
            }
        }

        /** Whether this flight can only end after that thread went on. */
        private boolean waitsFor(Thread thread) {
            Flight flight = this;
            for (int hops = 0; flight != null && hops < 1000; hops++) {
                Thread next = flight.leader;
                if (next == thread) {
                    return true;
                }
                flight = next == null ? null : waiting.get(next);
            }
            return false;
        }
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() > Integer.MAX_VALUE ? Long.MAX_VALUE : duration.toNanos();
    }
}
