/**
 * <b>Internal.</b> Makes concurrent misses of a key one call of the origin. Start reading at {@link dev.larder.singleflight.SingleFlight}.
 */
@NullMarked
package dev.larder.singleflight;

import org.jspecify.annotations.NullMarked;
