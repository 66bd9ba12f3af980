package dev.larder.backend.memcached;

import dev.larder.backend.memcached.MemcachedFailure.Refused;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An operation on many keys, sent in batches of bounded size, each with its own deadline. A server that fails gets no
 * further commands, and the remaining keys on it fail. The operation as a whole fails only if no server replied.
 */
final class Batch<T extends @Nullable Object> {

    /** The most keys of a batch. A delete takes two commands for each key. */
    private static final int MAX_KEYS = 250;

    private final Ring ring;
    private final BiFunction<String, Deadline, CompletableFuture<T>> command;
    private final BiConsumer<String, T> result;
    private final List<List<String>> batches = new ArrayList<>();
    private final BitSet replied = new BitSet();
    private final BitSet failed = new BitSet();
    private @Nullable Throwable failure;

    /**
     * Prepares an operation.
     *
     * @param command starts the command for one key
     * @param result receives the result for each key; called by one thread at a time
     */
    Batch(
            MemcachedSettings settings,
            Ring ring,
            Collection<String> keys,
            BiFunction<String, Deadline, CompletableFuture<T>> command,
            BiConsumer<String, T> result) {
        this.ring = ring;
        this.command = command;
        this.result = result;
        List<String> all = List.copyOf(new LinkedHashSet<>(keys));
        int size = Math.max(1, Math.min(MAX_KEYS, settings.queueSize() / 4));
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
    }

    List<List<String>> batches() {
        return batches;
    }

    /** Starts the commands of one batch. Never fails. */
    CompletableFuture<@Nullable Void> start(List<String> batch, Deadline deadline) {
        return CompletableFuture.allOf(batch.stream()
                .filter(key -> !hasFailed(ring.server(key)))
                .map(key -> command.apply(key, deadline).handle((value, thrown) -> {
                    settle(key, value, thrown);
                    return true;
                }))
                .toArray(CompletableFuture[]::new));
    }

    private synchronized boolean hasFailed(int server) {
        return failed.get(server);
    }

    private synchronized void settle(String key, T value, @Nullable Throwable thrown) {
        if (thrown == null) {
            replied.set(ring.server(key));
            result.accept(key, value);
            return;
        }
        failure = thrown;
        // a server that refuses one entry may accept the next
        if (!(MemcachedFailure.unwrap(thrown) instanceof Refused)) {
            failed.set(ring.server(key));
        }
    }

    /** Throws if there was a failure and no server replied to all of its commands. */
    synchronized void check() {
        replied.andNot(failed);
        if (failure != null && replied.isEmpty()) {
            throw MemcachedFailure.unwrap(failure);
        }
    }
}
