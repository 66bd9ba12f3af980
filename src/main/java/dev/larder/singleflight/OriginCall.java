package dev.larder.singleflight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A leader's call of the origin. Shows which calls wait for each other, so that no call waits for itself. Thread-safe. */
abstract class OriginCall {

    /** The call that each waiting thread follows. The keys may belong to any {@link SingleFlight}, as calls may be nested. */
    private static final ConcurrentHashMap<Thread, OriginCall> FOLLOWED = new ConcurrentHashMap<>();

    /** The call that the thread runs, if it started in {@link #within}. */
    private static final ThreadLocal<@Nullable OriginCall> CURRENT = new ThreadLocal<>();

    /** The thread that must continue before this call can end; null if there is none. */
    private volatile @Nullable Thread thread = Thread.currentThread();

    /** The calls that this one waits for, or has waited for. */
    private final Set<OriginCall> awaited = ConcurrentHashMap.newKeySet();

    OriginCall(@Nullable OriginCall outer) {
        if (outer != null) {
            outer.awaited.add(this);
        }
    }

    static @Nullable OriginCall current() {
        return CURRENT.get();
    }

    /** Calls an origin, so that calls in it are recognized as nested. */
    static <S> S within(@Nullable OriginCall call, Supplier<S> origin) {
        OriginCall before = CURRENT.get();
        setCurrent(call);
        try {
            return origin.get();
        } finally {
            setCurrent(before);
        }
    }

    private static void setCurrent(@Nullable OriginCall call) {
        if (call == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(call);
        }
    }

    /** How many threads follow such calls. */
    static int followers(Predicate<OriginCall> calls) {
        return (int) FOLLOWED.values().stream().filter(calls).count();
    }

    /** Notes that the current thread follows this call. Returns the call that it followed before, if any. */
    @Nullable
    OriginCall startFollowing() {
        return FOLLOWED.put(Thread.currentThread(), this);
    }

    static void stopFollowing(@Nullable OriginCall before) {
        if (before == null) {
            FOLLOWED.remove(Thread.currentThread());
        } else {
            FOLLOWED.put(Thread.currentThread(), before);
        }
    }

    /** Whether this call can end only after the current thread, or the call that it runs, has continued. */
    boolean waitsForCurrentThread() {
        return waitsFor(Thread.currentThread()) || waitsFor(CURRENT.get());
    }

    private boolean waitsFor(Thread other) {
        OriginCall next = this;
        for (int hops = 0; next != null && hops < 1000; hops++) {
            Thread leading = next.thread;
            if (leading == other) {
                return true;
            }
            next = leading == null ? null : FOLLOWED.get(leading);
        }
        return false;
    }

    /** Notes that {@code outer} waits for this call. Returns whether this call waits for {@code outer}, perhaps through others. */
    boolean waitsFor(@Nullable OriginCall outer) {
        if (outer == null) {
            return false;
        }
        outer.awaited.add(this);
        Set<OriginCall> seen = new HashSet<>();
        Deque<OriginCall> next = new ArrayDeque<>(List.of(this));
        while (!next.isEmpty()) {
            OriginCall each = next.remove();
            if (each == outer) {
                return true;
            }
            if (seen.add(each)) {
                next.addAll(each.awaited);
            }
        }
        return false;
    }

    /** From now on, this call does not depend on a thread. */
    public void detach() {
        thread = null;
    }
}
