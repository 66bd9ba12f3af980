package dev.larder.codec;

/**
 * What became of reading bytes.
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
     * There is an entry, but it cannot be read as what was asked for: a miss, to be logged.
     *
     * @param reason why, to be read after "the entry cannot be read: "
     */
    record Unreadable<T>(String reason) implements Decoded<T> {}

    /** The entry belongs to another key with the same hash: a plain miss. */
    record OtherKey<T>() implements Decoded<T> {}
}
