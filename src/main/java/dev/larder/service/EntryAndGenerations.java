package dev.larder.service;

import org.jspecify.annotations.Nullable;

/**
 * An entry, and the generations that were read with it.
 *
 * @param entry null if there is none that can be read
 * @param generations in the order of their keys, 0 for one that the store does not have
 */
@SuppressWarnings("ArrayRecordComponent")
record EntryAndGenerations<T>(@Nullable Entry<T> entry, long[] generations) {}
