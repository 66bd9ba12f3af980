package dev.larder.backend.memcached;

import dev.larder.spi.Ttl;
import java.nio.ByteBuffer;

/**
 * What is stored under a key: the value, its deadline, and whether memcached can count it as it stands.
 *
 * <p>A frame stands in front of every value but a counter: the byte FA, which begins no text, no number and no envelope, and
 * the deadline in milliseconds since 1970, eight bytes, the highest first (2^63-1: for ever). Memcached counts time in
 * seconds that begin when they like, so its own expiry only tidies up behind the deadline.
 *
 * <p>A counter below 2^62 is plain digits, so that the server counts it. Its deadline is in the flags, which counting leaves as
 * they are: the highest bit, which no client's own flags reach, and half seconds since 2024, rounded up. Without flags it has
 * none, or none that we know. A counter that is too large or too long-lived for that is framed like a value; counting it takes a
 * second round trip.
 *
 * @param value the value
 * @param deadline in milliseconds since 1970, or {@link #FOREVER}
 * @param framed whether it is or was stored in a frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Entry(byte[] value, long deadline, boolean framed) {

    static final long FOREVER = Long.MAX_VALUE;

    /** How many bytes a frame has. */
    static final int FRAME = 9;

    /** Memcached reads an expiry above 30 days as a Unix timestamp (protocol.txt, "Expiration times"). */
    static final int LONGEST_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

    /**
     * Of 2^63 and more memcached may say that it is no number: it looks for a minus sign, and not only in the number
     * (util.c, {@code safe_strtoull}). So what could get there is not counted by the server.
     */
    private static final long PLAIN_BELOW = 1L << 62;

    private static final byte MARK = (byte) 0xFA;

    /** 2024-01-01T00:00:00Z. */
    private static final long FLAGS_FROM = 1_704_067_200_000L;

    private static final long FLAGS_UNIT = 500;
    private static final long FLAGS_TO = FLAGS_FROM + Integer.MAX_VALUE * FLAGS_UNIT;

    /** The server's clock may stand still for a bit more than a second, and once in a while skips one. */
    private static final int SLACK_SECONDS = 3;

    /** Between a timestamp of ours and the server's clock stands whatever the two clocks differ by. */
    private static final int CLOCKS_SLACK_SECONDS = 60;

    /** A value that is to live so long from now. */
    static Entry of(byte[] value, Ttl ttl, long now) {
        long number = number(value);
        long deadline = ttl.isForever() ? FOREVER : now + ttl.toMillis();
        boolean plain = number >= 0 && number < PLAIN_BELOW && isInFlags(deadline);
        return new Entry(value, deadline, !plain);
    }

    private static boolean isInFlags(long deadline) {
        return deadline == FOREVER || (deadline >= FLAGS_FROM && deadline <= FLAGS_TO);
    }

    /**
     * What the store holds.
     *
     * @param stored all of it, from the buffer's position to its limit
     * @param flags what the store holds beside it
     * @return never null: what is not ours is a value that what is above will find unreadable
     */
    public static Entry read(ByteBuffer stored, int flags) {
        boolean framed = stored.remaining() >= FRAME && stored.get(stored.position()) == MARK;
        long deadline = framed ? stored.position(stored.position() + 1).getLong() : FOREVER;
        byte[] value = new byte[stored.remaining()];
        stored.get(value);
        if (framed || value.length == 0 || value[0] < '0' || value[0] > '9') {
            return new Entry(value, deadline, framed);
        }
        long inFlags = flags < 0 ? FLAGS_FROM + (flags & Integer.MAX_VALUE) * FLAGS_UNIT : FOREVER;
        return new Entry(Digits.trimmed(value), inFlags, false);
    }

    boolean isLive(long now) {
        return now < deadline;
    }

    /** The counter's number, or a negative one if it is none. */
    long number() {
        return number(value);
    }

    private static long number(byte[] value) {
        return Digits.number(value);
    }

    /**
     * How many bytes the store is to hold.
     *
     * @return the value's, and the frame's if there is one
     */
    public int size() {
        return framed ? FRAME + value.length : value.length;
    }

    /**
     * Writes what the store is to hold: into the client's request, so that it is not put together in an array before.
     *
     * @param request has room for {@link #size} bytes, the highest of a number first
     */
    public void writeTo(ByteBuffer request) {
        if (framed) {
            request.put(MARK).putLong(deadline);
        }
        request.put(value);
    }

    /**
     * What the store is to hold beside it.
     *
     * @return the deadline of a counter that has one and no frame, else 0
     */
    public int flags() {
        return framed || deadline == FOREVER
                ? 0
                : Integer.MIN_VALUE | (int) Math.floorDiv(deadline - FLAGS_FROM + FLAGS_UNIT - 1, FLAGS_UNIT);
    }

    /** The expiry to send: seconds from now, a Unix timestamp, or 0 for none. */
    int expirySeconds(long now) {
        if (deadline == FOREVER) {
            return 0;
        }
        long left = Math.max(0, Math.floorDiv(deadline - now + 999, 1000L));
        if (left + SLACK_SECONDS <= LONGEST_RELATIVE_SECONDS) {
            return (int) left + SLACK_SECONDS;
        }
        long timestamp = Math.floorDiv(deadline, 1000L) + CLOCKS_SLACK_SECONDS;
        // a signed number to memcached: after 2038-01-19 only the frame can say it
        return timestamp > Integer.MAX_VALUE ? 0 : (int) timestamp;
    }
}
