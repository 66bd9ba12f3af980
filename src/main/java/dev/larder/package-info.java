/**
 * What an application imports: the {@link dev.larder.Cache} annotation, the {@link dev.larder.ICacheService}, key
 * generators, the settings of backends and the exceptions. Start reading at {@link dev.larder.Cache}.
 */
@NullMarked
package dev.larder;

import org.jspecify.annotations.NullMarked;
