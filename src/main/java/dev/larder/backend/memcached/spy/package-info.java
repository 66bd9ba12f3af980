/**
 * <b>Internal.</b> Memcached by spymemcached. Start at {@link dev.larder.backend.memcached.spy.MemcachedBackendFactory}; what is stored and how it
 * is counted is in {@code dev.larder.backend.memcached}.
 */
@NullMarked
package dev.larder.backend.memcached.spy;

import org.jspecify.annotations.NullMarked;
