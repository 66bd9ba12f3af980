package dev.larder.memcached;

import dev.larder.spi.Ttl;
import java.util.Arrays;

/**
 * What is stored under a key: the value, its deadline, and whether memcached can count it as it stands.
 *
 * <p>A frame stands in front of every value but a counter: the byte FA, which begins no text, no number and no envelope, and
 * the deadline in milliseconds since 1970, eight bytes, the highest first (2^63-1: for ever). Memcached counts time in
 * seconds that begin when they like, so its own expiry only tidies up behind the deadline.
 *
 * <p>A counter below 2^62 whose life is whole seconds, up to 30 days, or for ever, is plain digits, so that the server counts
 * it and ends it. Any other counter is framed like a value, as the server's expiry would be off by more than a second; counting it
 * takes a second round trip.
 *
 * @param value the value
 * @param deadline in milliseconds since 1970; {@link #FOREVER}; for a plain counter it is the server's business
 * @param framed whether it is or was stored in a frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(byte[] value, long deadline, boolean framed) {

    static final long FOREVER = Long.MAX_VALUE;
    static final int FRAME = 9;

    /** Memcached reads an expiry above 30 days as a Unix timestamp (protocol.txt, "Expiration times"). */
    static final int LONGEST_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

    /**
     * Of 2^63 and more memcached may say that it is no number: it looks for a minus sign, and not only in the number
     * (util.c, {@code safe_strtoull}). So what could get there is not counted by the server.
     */
    private static final long PLAIN_BELOW = 1L << 62;

    private static final byte MARK = (byte) 0xFA;

    /** The server's clock may stand still for most of a second, and once in a while skips a second. */
    private static final int SLACK_SECONDS = 2;

    /** Between a timestamp of ours and the server's clock stands whatever the two clocks differ by. */
    private static final int CLOCKS_SLACK_SECONDS = 60;

    /** A value that is to live so long from now. */
    static Entry of(byte[] value, Ttl ttl, long now) {
        long number = Digits.number(value);
        boolean plain = number >= 0 && number < PLAIN_BELOW && isPlain(ttl);
        return new Entry(value, ttl.isForever() ? FOREVER : now + ttl.toMillis(), !plain);
    }

    /** Whether a counter of this ttl is ended by the server, never early and at most a second late. */
    static boolean isPlain(Ttl ttl) {
        return ttl.isForever() || (ttl.toMillis() % 1000 == 0 && ttl.toMillis() / 1000 < LONGEST_RELATIVE_SECONDS);
    }

    /** What the store holds. */
    static Entry read(byte[] stored) {
        if (stored.length >= FRAME && stored[0] == MARK) {
            long deadline = 0;
            for (int i = 1; i < FRAME; i++) {
                deadline = (deadline << 8) | (stored[i] & 0xFF);
            }
            return new Entry(Arrays.copyOfRange(stored, FRAME, stored.length), deadline, true);
        }
        boolean digits = stored.length > 0 && stored[0] >= '0' && stored[0] <= '9';
        // anything else is not ours: what is above will find it unreadable
        return new Entry(digits ? Digits.trimmed(stored) : stored, FOREVER, false);
    }

    boolean isLive(long now) {
        return now < deadline;
    }

    /** The counter's number, or a negative one if it is none. */
    long number() {
        return Digits.number(value);
    }

    byte[] bytes() {
        if (!framed) {
            return value;
        }
        byte[] bytes = new byte[FRAME + value.length];
        bytes[0] = MARK;
        for (int i = 1; i < FRAME; i++) {
            bytes[i] = (byte) (deadline >> (64 - 8 * i));
        }
        System.arraycopy(value, 0, bytes, FRAME, value.length);
        return bytes;
    }

    /** The expiry to send: seconds from now, a Unix timestamp, or 0 for none. */
    int expirySeconds(long now) {
        if (deadline == FOREVER) {
            return 0;
        }
        long left = Math.max(0, Math.floorDiv(deadline - now + 999, 1000L));
        if (!framed) {
            // N seconds live for N-1 to N
            return (int) left + 1;
        }
        if (left + SLACK_SECONDS <= LONGEST_RELATIVE_SECONDS) {
            return (int) left + SLACK_SECONDS;
        }
        long timestamp = Math.floorDiv(deadline, 1000L) + CLOCKS_SLACK_SECONDS;
        // a signed number to memcached: after 2038-01-19 only the frame can say it
        return timestamp > Integer.MAX_VALUE ? 0 : (int) timestamp;
    }
}
