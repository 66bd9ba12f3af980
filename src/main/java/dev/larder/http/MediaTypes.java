package dev.larder.http;

/** The one media type that is a conversation and no representation. */
final class MediaTypes {

    private static final String EVENT_STREAM = "text/event-stream";

    private MediaTypes() {}

    /** Whether a line of the field begins with, or lists, {@code text/event-stream}, in any case. */
    static boolean mentionsEventStream(Fields fields, String name) {
        if (!fields.contains(name)) {
            return false;
        }
        String value = fields.combined(name);
        for (int i = 0; value != null && i + EVENT_STREAM.length() <= value.length(); i++) {
            if (value.regionMatches(true, i, EVENT_STREAM, 0, EVENT_STREAM.length())) {
                return true;
            }
        }
        return false;
    }
}
