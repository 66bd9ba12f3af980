/**
 * <b>Internal.</b> Memcached by xmemcached, the second binding. Start at {@link dev.larder.backend.memcached.x.XmemcachedBackendFactory}; what is
 * stored and how it is counted is in {@code dev.larder.backend.memcached}.
 */
@NullMarked
package dev.larder.backend.memcached.x;

import org.jspecify.annotations.NullMarked;
