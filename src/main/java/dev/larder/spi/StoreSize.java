package dev.larder.spi;

/**
 * What a store tells of its size. Immutable.
 *
 * @param entries how many live entries it holds for this backend; -1 if it does not tell
 * @param bytes the bytes of their keys and values; -1 if it does not tell
 * @param evictions how many entries it has removed because room was needed, since the backend was created; an entry that has
 *     expired is none; -1 if it does not tell
 */
public record StoreSize(long entries, long bytes, long evictions) {

    /** It tells nothing. */
    public static final StoreSize UNKNOWN = new StoreSize(-1, -1, -1);
}
