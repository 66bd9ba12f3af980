package dev.larder.key;

import org.jspecify.annotations.Nullable;

/**
 * A key of a store.
 *
 * @param text the key in the store
 * @param hashed what the text contains only as a hash, compared on reading: the application's key, or prefix, version
 *     and key if all of it is hashed; null if nothing is hashed
 */
public record StoreKey(String text, @Nullable String hashed) {

    private static final int MAX_SHOWN_CHARS = 200;

    /** The application's key for messages: its first 200 characters, escaped so that no line of a log is forged. */
    public String shown() {
        String whole = hashed == null ? text : hashed;
        // neither prefix and version nor a hash contain a colon
        boolean withHead = hashed == null || text.indexOf(':') < 0;
        int from = withHead ? whole.indexOf(':', whole.indexOf(':') + 1) + 1 : 0;
        return shown(whole.substring(from, Math.min(whole.length(), from + MAX_SHOWN_CHARS)));
    }

    /**
     * A key for messages: its first 200 characters, with control characters escaped so that no line of a log is forged.
     */
    public static String shown(String key) {
        return escaped(key.substring(0, Math.min(key.length(), MAX_SHOWN_CHARS)));
    }

    /** A text with its control characters escaped. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
