package dev.larder.http;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of a stored 200 that a request selects (RFC 9110 §14).
 *
 * @param from the first byte's index
 * @param to the last byte's index, inclusive
 * @param total the length of the whole
 */
record ByteRange(long from, long to, long total) {

    private static final String UNIT = "bytes=";

    /**
     * The single range that a GET requests. Several ranges, malformed and unsatisfiable ones, other units, and an
     * If-Range that does not hold are ignored (§14.2 allows it): the whole body is sent.
     *
     * @return the range; null if the whole body is sent
     */
    public static @Nullable ByteRange of(RequestFacts request, StoredResponse stored, long nowMillis) {
        Fields fields = request.fields();
        String range = fields.first("Range");
        if (range == null || stored.status() != 200 || request.isHead()) {
            return null;
        }
        boolean single = fields.lines("Range").size() == 1;
        return single && ifRangeHolds(fields, stored, nowMillis)
                ? parse(Syntax.trimmed(range), stored.body().length)
                : null;
    }

    /**
     * The value of Content-Range.
     *
     * @return {@code bytes 0-1/10}
     */
    public String contentRange() {
        return "bytes " + from + '-' + to + '/' + total;
    }

    static @Nullable ByteRange parse(String range, long total) {
        int dash = range.indexOf('-');
        if (dash < 0 || !range.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        String first = Syntax.trimmed(range, UNIT.length(), dash);
        String last = Syntax.trimmed(range, dash + 1, range.length());
        long to = last.isEmpty() ? Long.MAX_VALUE : Syntax.number(last, Integer.MAX_VALUE);
        if (first.isEmpty()) {
            return last.isEmpty() || to < 0 ? null : within(Math.max(0, total - to), total - 1, total);
        }
        long from = Syntax.number(first, Integer.MAX_VALUE);
        return from < 0 || to < from ? null : within(from, Math.min(to, total - 1), total);
    }

    private static @Nullable ByteRange within(long from, long to, long total) {
        return from <= to && from < total ? new ByteRange(from, to, total) : null;
    }

    /** §13.1.5: only a strong validator proves that the parts belong to one representation. */
    private static boolean ifRangeHolds(Fields request, StoredResponse stored, long nowMillis) {
        String validator = request.first("If-Range");
        if (validator == null) {
            return true;
        }
        EntityTag wanted = EntityTag.parse(Syntax.trimmed(validator));
        if (wanted != null) {
            EntityTag current = EntityTag.of(stored.fields());
            return current != null && current.matchesStrongly(wanted);
        }
        OptionalLong modified = HttpDate.seconds(stored.fields(), "Last-Modified", nowMillis);
        long date = Math.floorDiv(stored.storedAtMillis(), 1000L) - stored.initialAge();
        return modified.isPresent()
                && modified.getAsLong() < date // §8.8.2.2: else it could have changed twice in that second
                && modified.equals(HttpDate.seconds(request, "If-Range", nowMillis));
    }
}
