package dev.larder.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity tag (RFC 9110 §8.8.3).
 *
 * @param weak whether it stands for equivalent representations, not for equal bytes
 * @param opaque what is between the quotes
 */
record EntityTag(boolean weak, String opaque) {

    /** The weak tag of a body: half of its SHA-256. */
    public static EntityTag ofBody(byte[] body) {
        return new EntityTag(true, Sha256.base64Url(body, Sha256.LENGTH / 2));
    }

    /**
     * The fields of a response with an ETag: its own, else, unless it cannot have a body, that of the body.
     *
     * @param body its body, without a content coding that is not the resource's own
     */
    public static Fields ensured(Fields response, int status, byte[] body) {
        boolean lacking = status != 204 && !response.contains("ETag");
        return lacking ? response.plus("ETag", ofBody(body).toString()) : response;
    }

    /**
     * The tag that a response carries.
     *
     * @return null if there is none, or if the value is no entity tag
     */
    public static @Nullable EntityTag of(Fields response) {
        String text = response.first("ETag");
        return text == null ? null : parse(Syntax.trimmed(text));
    }

    /**
     * A tag from its text.
     *
     * @param text {@code "…"} or {@code W/"…"}
     * @return null if it is neither
     */
    public static @Nullable EntityTag parse(String text) {
        int end = end(text, 0);
        return end > 0 && end == text.length() ? tag(text, 0, end) : null;
    }

    /** Strong comparison (§8.8.3.2). */
    public boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /**
     * Weak comparison (§8.8.3.2).
     *
     * @return true if they are equal but for their weakness
     */
    public boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /**
     * Whether a list of tags, as in If-Match and If-None-Match, has one that matches. Members that are no tags match
     * nothing.
     */
    boolean isIn(List<String> lines, boolean weakly) {
        for (String line : lines) {
            int i = 0;
            while (i < line.length()) {
                int start = startOfMember(line, i);
                int end = end(line, start);
                if (end > 0 && endsMember(line, end) && matches(tag(line, start, end), weakly)) {
                    return true;
                }
                i = nextMember(line, Math.max(start, end));
            }
        }
        return false;
    }

    /** The index after the tag that begins here; -1 if none does. A tag has no escapes, and may contain commas. */
    private static int end(String text, int from) {
        int i = text.startsWith("W/", from) ? from + 2 : from;
        if (i >= text.length() || text.charAt(i) != '"') {
            return -1;
        }
        int close = text.indexOf('"', i + 1);
        for (int at = i + 1; at < close; at++) {
            char c = text.charAt(at);
            if (c <= ' ' || c == 0x7F || c > 0xFF) {
                return -1;
            }
        }
        return close < 0 ? -1 : close + 1;
    }

    private static EntityTag tag(String text, int from, int end) {
        boolean weak = text.charAt(from) == 'W';
        return new EntityTag(weak, text.substring(from + (weak ? 3 : 1), end - 1));
    }

    private boolean matches(EntityTag other, boolean weakly) {
        return weakly ? matchesWeakly(other) : matchesStrongly(other);
    }

    private static int startOfMember(String line, int from) {
        int start = from;
        while (start < line.length() && (Syntax.isWhiteSpace(line.charAt(start)) || line.charAt(start) == ',')) {
            start++;
        }
        return start;
    }

    private static boolean endsMember(String line, int at) {
        int after = at;
        while (after < line.length() && Syntax.isWhiteSpace(line.charAt(after))) {
            after++;
        }
        return after == line.length() || line.charAt(after) == ',';
    }

    private static int nextMember(String line, int from) {
        int comma = line.indexOf(',', from);
        return comma < 0 ? line.length() : comma + 1;
    }

    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}
