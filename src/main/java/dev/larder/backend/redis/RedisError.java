package dev.larder.backend.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** What the first word of a server's error means. */
final class RedisError {

    private RedisError() {}

    /** The key holds a list, a hash or the like. */
    static boolean isWrongType(JedisDataException error) {
        return startsWith(error, "WRONGTYPE");
    }

    /** Whether the error comes from a server that works: the key has a foreign type, or belongs to another server. */
    static boolean isAnswer(JedisDataException error) {
        return error instanceof JedisRedirectionException || isWrongType(error);
    }

    /** The one who took writes is a replica now. */
    static boolean isReadOnly(JedisDataException error) {
        return startsWith(error, "READONLY");
    }

    /** The connection will not do any better: its user is unknown, or there are too many connections. */
    static boolean isFatal(JedisDataException error) {
        return startsWith(error, "NOAUTH")
                || startsWith(error, "WRONGPASS")
                || startsWith(error, "ERR max number of clients");
    }

    /** The value is longer than {@code proto-max-bulk-len}; the server has closed the connection. */
    static boolean isTooLarge(JedisConnectionException error) {
        return String.valueOf(error.getMessage()).contains("invalid bulk length");
    }

    /** As {@link #isTooLarge(JedisConnectionException)}, where the answer was read in order. */
    static boolean isTooLarge(JedisDataException error) {
        return String.valueOf(error.getMessage()).contains("invalid bulk length")
                || String.valueOf(error.getMessage()).contains("string exceeds maximum allowed size");
    }

    private static boolean startsWith(JedisDataException error, String word) {
        return error.getMessage() != null && error.getMessage().startsWith(word);
    }
}
