package dev.larder.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs an asynchronous operation for each of many items, in batches. */
final class AsyncBatches {

    private static final int BATCH_OPERATIONS = 500;

    private AsyncBatches() {}

    static <K, T extends @Nullable Object> CompletableFuture<@Nullable Void> run(
            Collection<K> items, Function<K, CompletionStage<T>> operation, BiConsumer<K, T> result) {
        List<K> all = new ArrayList<>(items);
        CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);
        for (int from = 0; from < all.size(); from += BATCH_OPERATIONS) {
            List<K> batch = all.subList(from, Math.min(all.size(), from + BATCH_OPERATIONS));
            done = done.thenCompose(before -> CompletableFuture.allOf(batch.stream()
                    .map(item -> operation
                            .apply(item)
                            .thenAccept(value -> result.accept(item, value))
                            .toCompletableFuture())
                    .toArray(CompletableFuture[]::new)));
        }
        return done;
    }
}
