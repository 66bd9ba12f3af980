/**
 * <b>Internal.</b> Merges concurrent misses of a key into one call of the origin. Start reading at {@link dev.larder.singleflight.SingleFlight}.
 */
@NullMarked
package dev.larder.singleflight;

import org.jspecify.annotations.NullMarked;
