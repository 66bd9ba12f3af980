package dev.larder.value;

import dev.larder.http.CacheStatus;
import dev.larder.http.CacheStatus.Forward;
import dev.larder.http.Reason;
import dev.larder.key.StoreKey;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Counts the outcome of a call, and logs one line at DEBUG for each, in the words of Cache-Status. */
final class CallOutcome {

    private static final System.Logger LOG = System.getLogger("dev.larder.value");

    private CallOutcome() {}

    static void hit(CachedValue cached, StoreKey key) {
        cached.events().hit();
        log(cached, key, CacheStatus.hit(), null);
    }

    static void coalesced(CachedValue cached, StoreKey key) {
        cached.events().hit();
        cached.events().coalesced();
        log(cached, key, CacheStatus.forwarded(Forward.URI_MISS).collapsed(), null);
    }

    static void bypass(CachedValue cached, @Nullable StoreKey key, Reason reason) {
        cached.events().bypass();
        cached.events().notStored(reason.kebab());
        log(cached, key, CacheStatus.forwarded(Forward.BYPASS), reason.kebab());
    }

    static void stored(CachedValue cached, StoreKey key) {
        cached.events().stored();
        log(cached, key, CacheStatus.forwarded(Forward.URI_MISS).stored(), null);
    }

    static void notStored(CachedValue cached, StoreKey key, String reason) {
        cached.events().notStored(reason);
        log(cached, key, CacheStatus.forwarded(Forward.URI_MISS), reason);
    }

    private static void log(CachedValue cached, @Nullable StoreKey key, CacheStatus status, @Nullable String detail) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(
                    Level.DEBUG,
                    "{0}{1}: {2}{3}",
                    cached.policy().signature(),
                    key == null ? "" : " '" + key.shown() + "'",
                    status,
                    detail == null ? "" : "; detail=" + detail);
        }
    }
}
