/**
 * <b>Internal.</b> The events that statistics are counted from. Start reading at {@link dev.larder.statistics.CacheEvents}.
 */
@NullMarked
package dev.larder.statistics;

import org.jspecify.annotations.NullMarked;
