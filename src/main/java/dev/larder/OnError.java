package dev.larder;

/** What an operation of {@link ICacheService} does when its backend fails. Configuration: {@code caches.<name>.on-error}. */
public enum OnError {
    /** Answers as if nothing were stored; the default. Counting throws all the same, since it has no such answer. */
    MISS,
    /** Throws {@link CacheBackendException}. */
    THROW
}
