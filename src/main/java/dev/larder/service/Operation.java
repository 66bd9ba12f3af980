package dev.larder.service;

import dev.larder.statistics.CacheEvents.Access;
import org.jspecify.annotations.Nullable;

/** An operation of a backend, as messages name it. */
enum Operation {
    GET("get", Access.GET),
    SET("set", Access.PUT),
    DELETE("delete", Access.REMOVE),
    HAS_KEY("hasKey"),
    TOUCH("touch"),
    INCR("incr"),
    DECR("decr"),
    PROBE("respond to a probe");

    private final String text;
    private final @Nullable Access access;

    Operation(String text) {
        this(text, null);
    }

    Operation(String text, @Nullable Access access) {
        this.text = text;
        this.access = access;
    }

    /** As which kind of access it is measured; null if it is not measured. */
    @Nullable
    Access access() {
        return access;
    }

    /** Whether the caller gets an exception if the backend fails, regardless of {@code on-error}. */
    boolean isCounting() {
        return this == INCR || this == DECR;
    }

    @Override
    public String toString() {
        return text;
    }
}
