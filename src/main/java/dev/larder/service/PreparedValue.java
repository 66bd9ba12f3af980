package dev.larder.service;

import dev.larder.key.Generations;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A value that can be stored, and read by others as they would read it from the store. It has been checked to be writable. */
public interface PreparedValue {

    /** Stores it; false if it is too large for the store. */
    boolean store(Ttl ttl);

    /** Stores it if the key has no entry; false if it has one, or the value is too large for the store. */
    boolean storeIfAbsent(Ttl ttl);

    /** Warns that the store does not take it. {@link #storeIfAbsent} cannot distinguish that from an entry that exists. */
    void reportTooLarge();

    /** The asynchronous form of {@link #store}. */
    CompletionStage<Boolean> storeAsync(Ttl ttl);

    /** The same value in an entry of other generations. */
    PreparedValue with(Generations generations);

    /** The value as a reader of the store gets it, or null if it cannot be read as this type. */
    @Nullable
    Object read(Type type);
}
