/**
 * Concurrent misses of one key become one call of the origin. Start reading at {@link dev.larder.singleflight.SingleFlight}.
 */
@NullMarked
package dev.larder.singleflight;

import org.jspecify.annotations.NullMarked;
