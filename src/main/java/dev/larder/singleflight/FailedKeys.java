package dev.larder.singleflight;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The keys whose leader failed, each for ten seconds. Their number is bounded. Thread-safe. */
final class FailedKeys {

    private static final Duration TTL = Duration.ofSeconds(10);
    private static final long MAX_CHARACTERS = 1 << 20;

    private final Ticker time;

    /** Created by the first failure, so that a deployment does not wait for Caffeine's classes. */
    private volatile @Nullable Cache<String, Boolean> keys;

    FailedKeys(Ticker time) {
        this.time = time;
    }

    boolean contains(String key) {
        Cache<String, Boolean> failed = keys;
        return failed != null && failed.getIfPresent(key) != null;
    }

    synchronized void add(String key) {
        Cache<String, Boolean> failed = keys;
        if (failed == null) {
            failed = Caffeine.newBuilder()
                    .expireAfterWrite(TTL)
                    .maximumWeight(MAX_CHARACTERS)
                    .weigher((String each, Boolean any) -> each.length() + 1)
                    .ticker(time)
                    .executor(Runnable::run)
                    .build();
            keys = failed;
        }
        failed.put(key, Boolean.TRUE);
    }
}
