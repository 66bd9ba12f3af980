package dev.larder.service;

import dev.larder.group.TagGroups;
import dev.larder.http.Reason;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous operations on the entries of a region. They throw {@link java.util.concurrent.RejectedExecutionException} if
 * too many operations are pending. Thread-safe.
 */
final class AsyncRegion {

    private final Region region;
    private final NamedBackend backend;
    private final Background background;

    AsyncRegion(Region region, NamedBackend backend, Background background) {
        this.region = region;
        this.backend = backend;
        this.background = background;
    }

    /**
     * Runs an operation on one of Larder's threads if the backend waits for a network or a disk, else on the caller's.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too many operations are pending
     */
    <T extends @Nullable Object> CompletionStage<T> onThreads(Supplier<T> operation) {
        return backend.guarded().waits() ? onBackground(operation) : CompletableFuture.completedStage(operation.get());
    }

    /** The asynchronous form of {@link Region#get(StoreKey, Type)}. */
    <T> CompletionStage<T> get(StoreKey key, Type type, Function<@Nullable Object, T> then) {
        return refreshed(() -> backend.values()
                .getAsync(key, type, entry -> then.apply(backend.live().valueOrNull(entry))));
    }

    /** The asynchronous form of {@link Region#set}. The value is written now, so the caller may change it afterwards. */
    CompletionStage<Boolean> set(StoreKey key, Object value, TagGroups tags, Ttl ttl) {
        PreparedValue prepared = region.prepare(key, Generations.NONE, value);
        return onBackgroundIfDue(tags, () -> region.begin(tags, tags.current())).thenCompose(generations -> {
            if (generations == null) {
                region.events().notStored(Reason.BACKEND.kebab());
                return CompletableFuture.completedStage(false);
            }
            CompletionStage<Boolean> written =
                    prepared.with(generations).storeAsync(ttl).thenApply(region::counted);
            return keepAfter(written, tags, generations, ttl);
        });
    }

    /** After an entry is written, keeps the generations of its tags as long as the entry. */
    private CompletionStage<Boolean> keepAfter(
            CompletionStage<Boolean> written, TagGroups tags, Generations generations, Ttl ttl) {
        if (tags.isEmpty()) {
            return written;
        }
        return written.thenCompose(taken -> !taken
                ? CompletableFuture.completedStage(false)
                : onThreads(() -> {
                    tags.keep(generations.tags(), ttl);
                    return true;
                }));
    }

    /** The asynchronous form of {@link Region#delete}. */
    CompletionStage<Boolean> delete(StoreKey key) {
        return hasKey(key).thenCompose(live -> backend.guarded().deleteAsync(key, deleted -> deleted && live));
    }

    /** Removes an entry, if there is one. The result is always true. */
    CompletionStage<Boolean> end(StoreKey key) {
        return backend.guarded().deleteAsync(key, deleted -> true);
    }

    /** The asynchronous form of {@link Region#hasKey}. */
    CompletionStage<Boolean> hasKey(StoreKey key) {
        return refreshed(() -> backend.values().generationsOfAsync(key, backend.live()::isLive));
    }

    /** The asynchronous form of {@link Region#touch}. */
    CompletionStage<Boolean> touch(StoreKey key, Ttl ttl) {
        return refreshed(() -> backend.values().generationsOfAsync(key, backend.live()::liveOrNull))
                .thenCompose(generations -> generations == null
                        ? CompletableFuture.completedStage(false)
                        : keepAfter(
                                backend.guarded().touchAsync(key, ttl),
                                region.groupsOf(generations.tags().keySet()),
                                generations,
                                ttl));
    }

    /** Runs an operation. If the generation of all entries must be read again, reads it first. */
    private <T> CompletionStage<T> refreshed(Supplier<CompletionStage<T>> operation) {
        if (backend.groups().all().due() == null) {
            return operation.get();
        }
        return onBackground(() -> {
                    backend.groups().all().refresh();
                    return true;
                })
                .thenCompose(any -> operation.get());
    }

    private <T> CompletionStage<T> onBackgroundIfDue(TagGroups tags, Supplier<T> operation) {
        return backend.groups().all().isKnown() && tags.keys().isEmpty()
                ? CompletableFuture.completedStage(operation.get())
                : onBackground(operation);
    }

    private <T extends @Nullable Object> CompletionStage<T> onBackground(Supplier<T> operation) {
        return background.start(() -> background.run(operation), this::valueOrThrow, Runnable::run);
    }

    private <T extends @Nullable Object> T valueOrThrow(T value, @Nullable Throwable failure) {
        if (failure instanceof RuntimeException thrown) {
            throw background.isClosed() ? new Background.Undeployed() : thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        return value;
    }

    /** The asynchronous form of {@link Region#add}. */
    CompletionStage<Long> add(StoreKey key, long delta) {
        return backend.guarded().addAsync(Operation.INCR, key, delta, number -> number);
    }

    /** The asynchronous form of {@link Region#subtract}. */
    CompletionStage<Long> subtract(StoreKey key, long delta) {
        return backend.guarded()
                .addAsync(Operation.DECR, key, Region.opposite(delta), number -> region.subtracted(key, delta, number));
    }
}
