/**
 * <b>Internal.</b> What both memcached clients share: addresses and options, the ring, the frame around an entry,
 * expiry and counting. Start at {@link dev.larder.backend.memcached.MemcachedBackend}; the binding of each client
 * implements {@link dev.larder.backend.memcached.MemcachedCommands}.
 */
@NullMarked
package dev.larder.backend.memcached;

import org.jspecify.annotations.NullMarked;
