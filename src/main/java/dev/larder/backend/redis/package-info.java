/**
 * The backend on Redis: {@link dev.larder.backend.redis.RedisBackend}. Of Jedis it uses the protocol, one connection at a
 * time; sockets, pools and the ways to several servers are here, because one deadline bounds them all.
 */
@NullMarked
package dev.larder.backend.redis;

import org.jspecify.annotations.NullMarked;
