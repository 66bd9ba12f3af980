package dev.larder.http;

/** The one media type that is a conversation and no representation. */
final class MediaTypes {

    private static final String EVENT_STREAM = "text/event-stream";

    private MediaTypes() {}

    /** Whether a member of the field's list begins with {@code text/event-stream}, in any case. */
    static boolean mentionsEventStream(Fields fields, String name) {
        String value = fields.combined(name);
        for (int member = 0; value != null && member >= 0; member = afterComma(value, member)) {
            while (member < value.length() && Syntax.isWhiteSpace(value.charAt(member))) {
                member++;
            }
            if (value.regionMatches(true, member, EVENT_STREAM, 0, EVENT_STREAM.length())) {
                return true;
            }
        }
        return false;
    }

    private static int afterComma(String value, int from) {
        int comma = value.indexOf(',', from);
        return comma < 0 ? -1 : comma + 1;
    }
}
