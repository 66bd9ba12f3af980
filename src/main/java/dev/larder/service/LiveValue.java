package dev.larder.service;

import dev.larder.key.Generations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that no invalidation has ended, and the generations that were read with it.
 *
 * @param value null if there is none
 * @param tags the current generation of each tag of the lookup, 0 for one that has none; empty if there is a value and
 *     this process keeps the generations
 * @param uri the generation of the URI, 0 if it has none or was not requested
 * @param generations what the entry belongs to; null if there is none
 */
public record LiveValue<T>(
        @Nullable T value,
        Map<String, Long> tags,
        long uri,
        @Nullable Generations generations) {}
