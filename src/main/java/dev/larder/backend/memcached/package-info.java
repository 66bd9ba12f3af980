/**
 * Memcached by spymemcached. Start at {@link dev.larder.backend.memcached.MemcachedBackendFactory}; what is stored and how it
 * is counted is in {@code dev.larder.memcached}.
 */
@NullMarked
package dev.larder.backend.memcached;

import org.jspecify.annotations.NullMarked;
