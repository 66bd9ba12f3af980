package dev.larder.key;

import org.jspecify.annotations.Nullable;

/**
 * A key as a store sees it.
 *
 * @param text what the store keeps the entry under
 * @param hashed what the hash in the text stands for, to be checked on reading: the application's key, or prefix, version
 *     and key where all of it is hashed; null if the text says everything
 */
public record StoreKey(String text, @Nullable String hashed) {}
