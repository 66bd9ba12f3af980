package dev.larder.backend.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** Operations that Redis has no command for, run by the server: atomic, and in one round trip. */
final class Script {

    /**
     * Adds ARGV[1] to the counter at KEYS[1], which stops at 0. Returns its digits; nil if there is no entry; 'NAN' if
     * it is no counter; '&gt;' and the unchanged digits if the sum would exceed 2^63-1.
     *
     * <p>Lua counts in doubles, exact to 2^53 only: numbers are compared as text and added by the server's own
     * commands. Those keep the expiry.
     */
    static final Script COUNT = new Script("""
            local now = redis.pcall('GET', KEYS[1])
            if type(now) == 'table' then
              if string.find(now.err, 'WRONGTYPE', 1, true) then return 'NAN' end
              return now
            end
            if not now then return false end
            local function above(a, b)
              return #a > #b or (#a == #b and a > b)
            end
            local counter = now == '0' or string.find(now, '^[1-9]%d*$')
            if not counter or above(now, '9223372036854775807') then return 'NAN' end
            local delta = ARGV[1]
            if delta == '0' then return now end
            local sum
            if string.sub(delta, 1, 1) == '-' then
              delta = string.sub(delta, 2)
              if above(delta, now) then delta = now end
              sum = redis.pcall('DECRBY', KEYS[1], delta)
            else
              sum = redis.pcall('INCRBY', KEYS[1], delta)
            end
            if type(sum) == 'table' then
              if string.find(sum.err, 'overflow', 1, true) then return '>' .. now end
              return sum
            end
            return redis.call('GET', KEYS[1])
            """);

    /**
     * Removes the expiry of KEYS[1]. Returns whether the key exists: PERSIST returns 0 for a key without an expiry,
     * too.
     */
    static final Script KEEP_FOREVER = new Script("""
            if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            redis.call('PERSIST', KEYS[1])
            return 1
            """);

    /** Deletes KEYS[1] if it holds ARGV[1]. Returns the number of deleted keys. */
    static final Script DELETE_IF = new Script("""
            if redis.pcall('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """);

    private final byte[] text;
    private final byte[] sha1;

    private Script(String text) {
        this.text = text.getBytes(UTF_8);
        try {
            // Redis identifies scripts by it
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(this.text);
            this.sha1 = HexFormat.of().formatHex(digest).getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    Request about(byte[] key, String... arguments) {
        return about(
                key,
                Stream.of(arguments).map(argument -> argument.getBytes(UTF_8)).toList());
    }

    Request about(byte[] key, List<byte[]> arguments) {
        CommandArguments bySha1 =
                new CommandArguments(Protocol.Command.EVALSHA).add(sha1).add(1).add(key);
        CommandArguments byText =
                new CommandArguments(Protocol.Command.EVAL).add(text).add(1).add(key);
        for (byte[] argument : arguments) {
            bySha1.add(argument);
            byText.add(argument);
        }
        return new Request(key, bySha1, byText);
    }
}
