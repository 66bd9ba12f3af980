package dev.larder.backend.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** The meaning of a server's errors, by their first word. */
final class RedisError {

    private RedisError() {}

    /** Whether the key holds a list, a hash or the like. */
    static boolean isWrongType(JedisDataException error) {
        return startsWith(error, "WRONGTYPE");
    }

    /** Whether the error shows that the server works: the key has another type, or belongs to another server. */
    static boolean isFromWorkingServer(JedisDataException error) {
        return error instanceof JedisRedirectionException || isWrongType(error);
    }

    /** Whether the server has become a replica. */
    static boolean isReadOnly(JedisDataException error) {
        return startsWith(error, "READONLY");
    }

    /** Whether the connection is of no use: the login is wrong, or the server has too many connections. */
    static boolean isFatal(JedisDataException error) {
        return startsWith(error, "NOAUTH")
                || startsWith(error, "WRONGPASS")
                || startsWith(error, "ERR max number of clients");
    }

    /** Whether the value is longer than {@code proto-max-bulk-len}; the server has closed the connection then. */
    static boolean isTooLarge(JedisConnectionException error) {
        return String.valueOf(error.getMessage()).contains("invalid bulk length");
    }

    /** As {@link #isTooLarge(JedisConnectionException)}, if the error arrived as a reply. */
    static boolean isTooLarge(JedisDataException error) {
        return String.valueOf(error.getMessage()).contains("invalid bulk length")
                || String.valueOf(error.getMessage()).contains("string exceeds maximum allowed size");
    }

    private static boolean startsWith(JedisDataException error, String word) {
        return error.getMessage() != null && error.getMessage().startsWith(word);
    }
}
