package dev.larder.backend.memcached;

import dev.larder.spi.CounterDigits;
import dev.larder.spi.Ttl;
import java.nio.ByteBuffer;

/**
 * The entry of a key: a value in a frame, or a counter in plain digits.
 *
 * <p>A frame is the byte FA, with which no text, number or envelope begins, and the deadline in milliseconds since
 * 1970: eight bytes, the highest first (2^63-1: forever). The value follows. Memcached's clock counts whole seconds, so
 * the frame decides when the entry expires; the server's own expiry only frees its memory.
 *
 * <p>The server counts plain digits only. A counter therefore has no frame and expires by the server's clock. A counter
 * of 2^62 or more, or with a ttl of more than 30 days, is framed like a value; counting it takes a second round trip.
 *
 * <p>Flags are written as 0 and not read. Counters of earlier versions have their deadline there; they expire by the
 * server's clock, too.
 *
 * @param value the value
 * @param deadline in milliseconds since 1970; {@link #FOREVER} also if only the server has it
 * @param framed whether it is stored in a frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Entry(byte[] value, long deadline, boolean framed) {

    static final long FOREVER = Long.MAX_VALUE;

    /** The flags of every entry. */
    public static final int FLAGS = 0;

    /** The length of a frame in bytes. */
    static final int FRAME = 9;

    /** Memcached reads an expiry above 30 days as a Unix timestamp (protocol.txt, "Expiration times"). */
    static final int MAX_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

    /**
     * Memcached may refuse to count a number of 2^63 or more: it looks for a minus sign, and not only in the number
     * (util.c, {@code safe_strtoull}). So the server never counts a number that could reach it.
     */
    private static final long MIN_FRAMED_COUNTER = 1L << 62;

    private static final byte MARK = (byte) 0xFA;

    /**
     * The server's clock shows the whole second of its last tick, and ticks a bit less than once a second. It may be
     * two seconds behind when the entry is stored, and exact when the entry expires. Two more seconds are therefore
     * always enough.
     */
    private static final int COUNTER_SLACK_SECONDS = 2;

    /** One second more, for a server that ticks late. It does no harm: a frame has its own deadline. */
    private static final int FRAME_SLACK_SECONDS = 3;

    /** The largest difference between our clock and the server's for which timestamps work. */
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
     * Reads what the store holds.
     *
     * @param stored all its bytes, from the buffer's position to its limit
     * @return never null; bytes that Larder did not write become a value that no codec can read
     */
    public static Entry read(ByteBuffer stored) {
        boolean framed = stored.remaining() >= FRAME && stored.get(stored.position()) == MARK;
        long deadline = framed ? stored.position(stored.position() + 1).getLong() : FOREVER;
        byte[] value = new byte[stored.remaining()];
        stored.get(value);
        boolean trimmable = !framed && value.length > 0 && value[0] >= '0' && value[0] <= '9';
        return new Entry(trimmable ? CounterDigits.withoutPadding(value) : value, deadline, framed);
    }

    boolean isLive(long now) {
        return now < deadline;
    }

    /** The counter's number, or a negative one if it is none. */
    long number() {
        return number(value);
    }

    private static long number(byte[] value) {
        return CounterDigits.number(value);
    }

    /** The number of bytes to store: the value's, and the frame's if there is one. */
    public int size() {
        return framed ? FRAME + value.length : value.length;
    }

    /**
     * Writes the bytes to store directly into the client's request, without an array in between.
     *
     * @param request has room for {@link #size} bytes; big-endian
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
        // memcached reads a signed number: after 2038-01-19 only the frame has the deadline
        return timestamp > Integer.MAX_VALUE ? 0 : (int) timestamp;
    }

    /** Rounded up, 0 or more. */
    private static long secondsUntil(long deadline, long now) {
        return Math.max(0, Math.floorDiv(deadline - now + 999, 1000L));
    }
}
