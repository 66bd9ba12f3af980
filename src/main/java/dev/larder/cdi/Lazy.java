package dev.larder.cdi;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is created when it is first needed. A factory that throws is called again the next time. Thread-safe. */
final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> factory;
    private volatile @Nullable T value;

    Lazy(Supplier<T> factory) {
        this.factory = factory;
    }

    @Override
    public T get() {
        T created = value;
        return created == null ? create() : created;
    }

    private synchronized T create() {
        T created = value;
        if (created == null) {
            created = factory.get();
            value = created;
        }
        return created;
    }

    /** The value, or null if it was not needed so far. */
    @Nullable
    T getIfCreated() {
        return value;
    }
}
