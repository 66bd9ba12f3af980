package dev.larder.service;

import dev.larder.CacheInvalidated;
import dev.larder.CacheValueException;
import dev.larder.key.UnpairedSurrogate;
import dev.larder.transaction.CurrentTransaction;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Invalidates tags on every backend, after the commit of the current transaction if there is one. Thread-safe. */
public final class Invalidations {

    private final Backends backends;
    private final CurrentTransaction transaction;
    private final Consumer<CacheInvalidated> observer;

    /** @param observer is given each invalidation that has taken effect; must not throw */
    public Invalidations(Backends backends, CurrentTransaction transaction, Consumer<CacheInvalidated> observer) {
        this.backends = backends;
        this.transaction = transaction;
        this.observer = observer;
    }

    /**
     * Invalidates all entries with one of these tags: now, or after the commit of the current transaction. After a rollback
     * nothing is invalidated.
     *
     * @return false if a backend failed; true in a transaction, since nothing has been tried yet
     * @throws CacheValueException if a tag has an unpaired surrogate
     */
    public boolean invalidate(Collection<String> tags) {
        Set<String> distinct = Set.copyOf(tags);
        return followsTransaction(distinct) || invalidateNow(distinct, Set.of());
    }

    /** The asynchronous form of {@link #invalidate}. */
    CompletionStage<Boolean> invalidateAsync(Collection<String> tags) {
        Set<String> distinct = Set.copyOf(tags);
        if (followsTransaction(distinct)) {
            return CompletableFuture.completedStage(true);
        }
        try {
            return backends.background().run(() -> invalidateNow(distinct, Set.of()));
        } catch (RejectedExecutionException e) {
            backends.all().forEach(backend -> backend.invalidateHere(distinct));
            return CompletableFuture.completedStage(false);
        }
    }

    /** Whether there is nothing to do now: there are no tags, or they are invalidated after the commit. */
    private boolean followsTransaction(Set<String> distinct) {
        distinct.forEach(Invalidations::check);
        return distinct.isEmpty()
                || transaction.onEnd(committed -> {
                    if (committed) {
                        invalidateNow(distinct, Set.of());
                    }
                });
    }

    static void check(String tag) {
        String problem = UnpairedSurrogate.in(tag);
        if (problem != null) {
            throw new CacheValueException("A tag has " + problem + ", which is not Unicode");
        }
    }

    /**
     * Invalidates all entries with one of these tags now, and reports that together with URIs that were invalidated.
     *
     * @return false if a backend failed
     */
    public boolean invalidateNow(Set<String> tags, Set<URI> uris) {
        boolean done = true;
        for (NamedBackend backend : backends.all()) {
            done &= backend.invalidate(tags);
        }
        observer.accept(new CacheInvalidated(tags, uris));
        return done;
    }
}
