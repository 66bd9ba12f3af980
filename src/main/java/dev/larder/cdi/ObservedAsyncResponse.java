package dev.larder.cdi;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A suspended response that reports what it is resumed with, or that it is resumed with an exception or cancelled. */
final class ObservedAsyncResponse implements AsyncResponse {

    private final AsyncResponse suspended;
    private final Consumer<Object> resumed;
    private final Runnable failed;

    ObservedAsyncResponse(AsyncResponse suspended, Consumer<Object> resumed, Runnable failed) {
        this.suspended = suspended;
        this.resumed = resumed;
        this.failed = failed;
    }

    @Override
    public boolean resume(Object response) {
        if (response instanceof Throwable) {
            failed.run();
        } else {
            resumed.accept(response);
        }
        return suspended.resume(response);
    }

    @Override
    public boolean resume(Throwable response) {
        failed.run();
        return suspended.resume(response);
    }

    @Override
    public boolean cancel() {
        failed.run();
        return suspended.cancel();
    }

    @Override
    public boolean cancel(int retryAfter) {
        failed.run();
        return suspended.cancel(retryAfter);
    }

    @Override
    public boolean cancel(Date retryAfter) {
        failed.run();
        return suspended.cancel(retryAfter);
    }

    @Override
    public boolean isSuspended() {
        return suspended.isSuspended();
    }

    @Override
    public boolean isCancelled() {
        return suspended.isCancelled();
    }

    @Override
    public boolean isDone() {
        return suspended.isDone();
    }

    @Override
    public boolean setTimeout(long time, TimeUnit unit) {
        return suspended.setTimeout(time, unit);
    }

    @Override
    public void setTimeoutHandler(TimeoutHandler handler) {
        // the handler must resume this one, which the method has
        suspended.setTimeoutHandler(any -> handler.handleTimeout(this));
    }

    @Override
    public Collection<Class<?>> register(Class<?> callback) {
        return suspended.register(callback);
    }

    @Override
    public Map<Class<?>, Collection<Class<?>>> register(Class<?> callback, Class<?>... callbacks) {
        return suspended.register(callback, callbacks);
    }

    @Override
    public Collection<Class<?>> register(Object callback) {
        return suspended.register(callback);
    }

    @Override
    public Map<Class<?>, Collection<Class<?>>> register(Object callback, Object... callbacks) {
        return suspended.register(callback, callbacks);
    }
}
