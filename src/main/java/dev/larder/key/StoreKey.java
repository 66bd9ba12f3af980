package dev.larder.key;

import org.jspecify.annotations.Nullable;

/**
 * A key as a store sees it.
 *
 * @param text what the store keeps the entry under
 * @param hashed what the hash in the text stands for, to be checked on reading: the application's key, or prefix, version
 *     and key where all of it is hashed; null if the text says everything
 */
public record StoreKey(String text, @Nullable String hashed) {

    private static final int SHOWN_LENGTH = 200;

    /** The application's key as messages show it: its first 200 characters, so escaped that no line of a log is forged. */
    public String shown() {
        String whole = hashed == null ? text : hashed;
        // no colon is in prefix and version, and none in a hash
        boolean withHead = hashed == null || text.indexOf(':') < 0;
        int from = withHead ? whole.indexOf(':', whole.indexOf(':') + 1) + 1 : 0;
        return KeyLayout.shown(whole.substring(from, Math.min(whole.length(), from + SHOWN_LENGTH)));
    }
}
