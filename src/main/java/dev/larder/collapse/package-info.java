/**
 * Concurrent misses of one key become one call of the origin. Start reading at {@link dev.larder.collapse.Flights}.
 */
@NullMarked
package dev.larder.collapse;

import org.jspecify.annotations.NullMarked;
