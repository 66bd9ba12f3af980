/**
 * <b>Internal.</b> The backend on Redis. Start at {@link dev.larder.backend.redis.RedisBackend}. Jedis encodes commands
 * and decodes replies; sockets, pools, Cluster and Sentinel are our own, because one deadline limits them all.
 */
@NullMarked
package dev.larder.backend.redis;

import org.jspecify.annotations.NullMarked;
