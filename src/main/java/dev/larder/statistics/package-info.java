/**
 * <b>Internal.</b> Counts what happens at each backend and cached method. Start reading at
 * {@link dev.larder.statistics.Statistics}; the events that are counted are those of {@link dev.larder.statistics.CacheEvents}.
 */
@NullMarked
package dev.larder.statistics;

import org.jspecify.annotations.NullMarked;
