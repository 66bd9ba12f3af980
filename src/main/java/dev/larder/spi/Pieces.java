package dev.larder.spi;

/**
 * The bytes of an entry in two pieces, one behind the other, either of them maybe empty: so that what is large need not be
 * copied to stand behind what is put in front of it, nor to get rid of that again.
 *
 * @param head the first bytes
 * @param rest the others
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pieces(byte[] head, byte[] rest) {

    /** How many bytes a backend that reads in pieces reads apart from the rest, if there are so many. */
    public static final int HEAD = 8;

    private static final byte[] NOTHING = {};

    /**
     * Bytes that are in one piece.
     *
     * @param whole all of them
     * @return the piece, behind an empty one
     */
    public static Pieces of(byte[] whole) {
        return new Pieces(NOTHING, whole);
    }

    /**
     * How many bytes there are.
     *
     * @return both pieces' together
     */
    public int length() {
        return head.length + rest.length;
    }

    /**
     * All of them in one array.
     *
     * @return a new array only if neither piece is empty
     */
    public byte[] joined() {
        if (head.length == 0) {
            return rest;
        }
        if (rest.length == 0) {
            return head;
        }
        byte[] joined = new byte[length()];
        System.arraycopy(head, 0, joined, 0, head.length);
        System.arraycopy(rest, 0, joined, head.length, rest.length);
        return joined;
    }
}
