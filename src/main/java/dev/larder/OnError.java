package dev.larder;

/** What an operation of {@link ICacheService} does when its backend fails. Configuration: {@code caches.<name>.on-error}. */
public enum OnError {
    /** Acts as if nothing were stored; the default. Counters throw nevertheless, since they have no such result. */
    MISS,
    /** Throws {@link CacheBackendException}. */
    THROW
}
