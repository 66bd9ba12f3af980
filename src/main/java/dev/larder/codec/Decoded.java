package dev.larder.codec;

/**
 * The result of reading bytes.
 *
 * @param <T> the type of the value
 */
public sealed interface Decoded<T> {

    /**
     * The value was read.
     *
     * @param value the value, never null
     */
    record Value<T>(T value) implements Decoded<T> {}

    /**
     * The entry cannot be read as the requested type: a miss, which is logged.
     *
     * @param reason continues the sentence "the entry cannot be read: "
     */
    record Unreadable<T>(String reason) implements Decoded<T> {}

    /** The entry belongs to another key with the same hash: a plain miss. */
    record OtherKey<T>() implements Decoded<T> {}
}
