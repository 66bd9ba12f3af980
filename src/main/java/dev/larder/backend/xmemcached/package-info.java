/**
 * Memcached by xmemcached, the second binding. Start at {@link dev.larder.backend.xmemcached.XmemcachedBackendFactory}; what is
 * stored and how it is counted is in {@code dev.larder.memcached}.
 */
@NullMarked
package dev.larder.backend.xmemcached;

import org.jspecify.annotations.NullMarked;
