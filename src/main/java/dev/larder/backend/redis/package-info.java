/**
 * <b>Internal.</b> The backend on Redis. Start at {@link dev.larder.backend.redis.RedisBackend}. Jedis encodes commands and
 * decodes replies; sockets, pools, Cluster and Sentinel are here, because one deadline bounds them all.
 */
@NullMarked
package dev.larder.backend.redis;

import org.jspecify.annotations.NullMarked;
