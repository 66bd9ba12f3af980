package dev.larder.http;

import static dev.larder.http.CacheControl.MAX_SECONDS;

import org.jspecify.annotations.Nullable;

/** The age of a response (RFC 9111 §4.2.3, §5.1). */
final class CurrentAge {

    private CurrentAge() {}

    /**
     * The Age a response came with: the first member of the first line, nothing if that is no number of seconds.
     *
     * @return seconds, zero or more, at most 2^31
     */
    public static long incoming(Fields response) {
        @Nullable String age = response.first("Age");
        if (age == null) {
            return 0;
        }
        int comma = age.indexOf(',');
        return Math.max(0, Syntax.number(Syntax.trimmed(age, 0, comma < 0 ? age.length() : comma), MAX_SECONDS));
    }

    /**
     * How long a response has been stored.
     *
     * @param nowMillis the time, in milliseconds of the epoch; a time before it was stored counts as the time when it
     *     was stored
     * @return milliseconds, zero or more
     */
    public static long residentMillis(StoredResponse stored, long nowMillis) {
        if (nowMillis <= stored.storedAtMillis()) {
            return 0;
        }
        long resident = nowMillis - stored.storedAtMillis();
        return resident < 0 ? Long.MAX_VALUE : resident; // the difference of two extremes overflows
    }

    /**
     * The current age of a stored response: its Age on arrival, and the time since.
     *
     * @return seconds, zero or more, at most 2^31
     */
    public static long seconds(StoredResponse stored, long nowMillis) {
        long resident = residentMillis(stored, nowMillis) / 1000;
        return Math.min(MAX_SECONDS, Math.min(MAX_SECONDS, stored.initialAge()) + Math.min(MAX_SECONDS, resident));
    }
}
