package dev.larder.codec;

import dev.larder.key.Generations;

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
     * @param generations the generations that the entry belongs to
     */
    record Value<T>(T value, Generations generations) implements Decoded<T> {

        /** A value that is not invalidated with others. */
        public Value(T value) {
            this(value, Generations.NONE);
        }
    }

    /**
     * The entry cannot be read as the requested type: a miss, which is logged.
     *
     * @param reason continues the sentence "the entry cannot be read: "
     */
    record Unreadable<T>(String reason) implements Decoded<T> {}

    /** The entry belongs to another key with the same hash: a plain miss. */
    record OtherKey<T>() implements Decoded<T> {}
}
