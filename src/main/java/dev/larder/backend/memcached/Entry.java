package dev.larder.backend.memcached;

import dev.larder.spi.Ttl;
import java.nio.ByteBuffer;

/**
 * What is stored under a key: a value in a frame, or a counter in plain digits.
 *
 * <p>A frame is the byte FA, which begins no text, no number and no envelope, and the deadline in milliseconds since 1970:
 * eight bytes, the highest first (2^63-1: forever). The value follows. Memcached's clock has whole seconds, so the server's
 * own expiry only removes what has ended by its frame.
 *
 * <p>The server counts plain digits only. A counter therefore has no frame and ends by the server's clock. A counter of 2^62
 * or more, or with a ttl of more than 30 days, is framed like a value; counting it takes a second round trip.
 *
 * <p>Flags are written as 0 and not read. Counters of earlier versions have their deadline there; they end by the server's
 * clock, too.
 *
 * @param value the value
 * @param deadline in milliseconds since 1970; {@link #FOREVER} also if only the server knows it
 * @param framed whether it is or was stored in a frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Entry(byte[] value, long deadline, boolean framed) {

    static final long FOREVER = Long.MAX_VALUE;

    /** The flags of every entry. */
    public static final int FLAGS = 0;

    /** How many bytes a frame has. */
    static final int FRAME = 9;

    /** Memcached reads an expiry above 30 days as a Unix timestamp (protocol.txt, "Expiration times"). */
    static final int MAX_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

    /**
     * Memcached may refuse to count a number of 2^63 or more: it looks for a minus sign, and not only in the number
     * (util.c, {@code safe_strtoull}). So the server does not count what could get there.
     */
    private static final long MIN_FRAMED_COUNTER = 1L << 62;

    private static final byte MARK = (byte) 0xFA;

    /**
     * The server's clock shows the whole second of its last tick, and ticks a bit less than once a second. So it is up to two
     * seconds behind when the entry is stored, and not behind when it ends: two seconds more are never too few.
     */
    private static final int COUNTER_SLACK_SECONDS = 2;

    /** A second more, for a server that ticks late: a frame has its own deadline. */
    private static final int FRAME_SLACK_SECONDS = 3;

    /** The difference that is allowed between our clock and the server's. */
    private static final int CLOCKS_SLACK_SECONDS = 60;

    /** An entry that lives for a ttl from now. */
    static Entry of(byte[] value, Ttl ttl, long now) {
        long number = number(value);
        long deadline = ttl.isForever() ? FOREVER : now + ttl.toMillis();
        boolean plain = number >= 0
                && number < MIN_FRAMED_COUNTER
                && (deadline == FOREVER || secondsUntil(deadline, now) + COUNTER_SLACK_SECONDS <= MAX_RELATIVE_SECONDS);
        return new Entry(value, deadline, !plain);
    }

    /**
     * What the store holds.
     *
     * @param stored all of it, from the buffer's position to its limit
     * @return never null: what is not ours is a value that what is above will find unreadable
     */
    public static Entry read(ByteBuffer stored) {
        boolean framed = stored.remaining() >= FRAME && stored.get(stored.position()) == MARK;
        long deadline = framed ? stored.position(stored.position() + 1).getLong() : FOREVER;
        byte[] value = new byte[stored.remaining()];
        stored.get(value);
        boolean trimmable = !framed && value.length > 0 && value[0] >= '0' && value[0] <= '9';
        return new Entry(trimmable ? Digits.trimmed(value) : value, deadline, framed);
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

    /** The expiry to send: seconds from now, a Unix timestamp, or 0 for none. */
    int expirySeconds(long now) {
        if (deadline == FOREVER) {
            return 0;
        }
        long relative = secondsUntil(deadline, now) + (framed ? FRAME_SLACK_SECONDS : COUNTER_SLACK_SECONDS);
        if (relative <= MAX_RELATIVE_SECONDS) {
            return (int) relative;
        }
        long timestamp = Math.floorDiv(deadline, 1000L) + CLOCKS_SLACK_SECONDS;
        // a signed number to memcached: after 2038-01-19 only the frame can say it
        return timestamp > Integer.MAX_VALUE ? 0 : (int) timestamp;
    }

    /** Rounded up, 0 or more. */
    private static long secondsUntil(long deadline, long now) {
        return Math.max(0, Math.floorDiv(deadline - now + 999, 1000L));
    }
}
