/**
 * What the author of a backend implements: {@link dev.larder.spi.CacheBackend}, configured by class name or through a
 * {@link dev.larder.spi.CacheBackendFactory}.
 */
@NullMarked
package dev.larder.spi;

import org.jspecify.annotations.NullMarked;
