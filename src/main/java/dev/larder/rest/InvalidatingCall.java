package dev.larder.rest;

import dev.larder.policy.MethodTags;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method with {@code @CacheInvalidate}. Its tags are invalidated when the last of its conditions is met: the
 * method succeeds, the response is a success, the transaction is committed. If one fails, nothing is invalidated.
 * Thread-safe; never throws because of the cache.
 */
public final class InvalidatingCall {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    private final MethodTags tags;
    private final Map<String, ? extends List<String>> pathParameters;
    private final Map<String, ? extends List<String>> queryParameters;
    private final Consumer<Set<String>> invalidate;
    private int open = 1;
    private boolean begun;
    private boolean ended;
    private @Nullable Set<String> evaluated;

    /** A call by a bean. Only its success is awaited. */
    public InvalidatingCall(MethodTags tags, Consumer<Set<String>> invalidate) {
        this(tags, Map.of(), Map.of(), invalidate);
    }

    InvalidatingCall(
            MethodTags tags,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters,
            Consumer<Set<String>> invalidate) {
        this.tags = tags;
        this.pathParameters = pathParameters;
        this.queryParameters = queryParameters;
        this.invalidate = invalidate;
    }

    /** Whether this is the call of a method with these tags that serves the request itself. True only the first time. */
    public synchronized boolean begin(MethodTags ofMethod) {
        boolean first = !begun && tags == ofMethod;
        begun |= first;
        return first;
    }

    /** Whether the interceptor has seen the call. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** Adds a condition, which {@link #meet} or {@link #fail} ends. */
    public synchronized void await() {
        open++;
    }

    /** The method has succeeded with these arguments. They may have changed meanwhile: an id may be set. */
    public void succeed(@Nullable Object[] arguments) {
        succeed(Arrays.asList(arguments));
    }

    /** The same for arguments that may throw when they are read. */
    void succeed(List<@Nullable Object> arguments) {
        Set<String> known = tags.of(arguments, pathParameters, queryParameters);
        synchronized (this) {
            evaluated = known;
            ended |= known == null;
        }
        meet();
    }

    /** A condition is met. */
    public void meet() {
        invalidate(metLast());
    }

    /** A condition is met: returns the tags to invalidate now; empty if others are open, or one has failed. */
    synchronized Set<String> metLast() {
        open--;
        if (open > 0 || ended || evaluated == null) {
            return Set.of();
        }
        ended = true; // a resumed response may be complete before the method returns, which then meets one more
        return evaluated;
    }

    /** A condition has failed: nothing will be invalidated. */
    public synchronized void fail() {
        ended = true;
    }

    private void invalidate(Set<String> now) {
        try {
            if (!now.isEmpty()) {
                invalidate.accept(now);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Entries that a method should have invalidated may still be served",
                    e);
        }
    }
}
