package dev.larder.response;

import org.jspecify.annotations.Nullable;

/**
 * What the interceptors see of the call of the resource method. The thread of the call passes it to the thread of the response;
 * two threads never use it at the same time.
 */
public final class MethodCall {

    private volatile Object @Nullable [] given;
    private volatile boolean detached;
    private volatile boolean suspended;
    private volatile boolean returned;
    private volatile boolean failed;
    private volatile @Nullable Origin origin;

    MethodCall() {}

    /**
     * The outermost interceptor sees the outcome of the call.
     *
     * @param arguments the arguments that the server passed to the resource method; copied
     */
    public void observe(Object[] arguments) {
        given = arguments.clone();
    }

    /** Whether the outermost interceptor sees the outcome of the call. */
    public boolean isObserved() {
        return given != null;
    }

    /** Whether an interceptor gave the resource method other arguments than the server did. */
    public boolean hasOtherArguments(Object[] arguments) {
        Object[] before = given;
        if (before == null) {
            return false;
        }
        for (int i = 0; i < before.length; i++) {
            if (before[i] != arguments[i] && !isSameScalar(before[i], arguments[i])) {
                return true;
            }
        }
        return before.length != arguments.length;
    }

    /** Compares by value only what cannot throw: a container may box a primitive anew each time. */
    private static boolean isSameScalar(@Nullable Object one, @Nullable Object other) {
        return one != null && one.getClass().getPackageName().equals("java.lang") && one.equals(other);
    }

    /** The method gives its response on another thread, maybe after the context of its request has ended. */
    public void detach() {
        detached = true;
    }

    /** Whether the method gives its response on another thread. */
    public boolean isDetached() {
        return detached;
    }

    /** The method gives its response not by returning, but by resuming what it was given. */
    public void suspend() {
        suspended = true;
        detached = true;
    }

    /** The method resumed what it was given; it may not have returned yet. */
    public void resume() {
        suspended = false;
        returned = true;
    }

    /** Whether the method has yet to resume what it was given: a response is the server's until then. */
    public boolean isSuspended() {
        return suspended;
    }

    void markReturned() {
        returned = true;
    }

    /** Whether an interceptor saw the method return, or resume what it was given. */
    public boolean hasReturned() {
        return returned;
    }

    /** The method or an interceptor around it threw: the response is made from that exception. */
    public void fail() {
        failed = true;
    }

    /** Whether the response is made from an exception, whatever its status. */
    public boolean hasFailed() {
        return failed;
    }

    /** Notes the method's own response. */
    public void noteOrigin(Origin own) {
        origin = own;
    }

    /** The method's own response; null if no interceptor saw it. */
    public @Nullable Origin origin() {
        return origin;
    }
}
