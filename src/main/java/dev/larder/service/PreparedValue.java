package dev.larder.service;

import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A value that was found writable, and can be stored and handed to others as a reader of the store would get it. */
public interface PreparedValue {

    /** Stores it; false if it is too large for the store. */
    boolean store(Ttl ttl);

    /** The value as a reader of the store gets it, or null if it cannot be read as this type. */
    @Nullable
    Object read(Type type);
}
