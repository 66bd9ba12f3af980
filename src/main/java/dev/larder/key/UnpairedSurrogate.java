package dev.larder.key;

import org.jspecify.annotations.Nullable;

/** Finds what a Java string may contain and Unicode text may not: a surrogate without its other half. */
public final class UnpairedSurrogate {

    private UnpairedSurrogate() {}

    /** Describes the first unpaired surrogate of a text; null if there is none. */
    public static @Nullable String in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPair(text, i)) {
                    return String.format("an unpaired surrogate (\\u%04x at index %d)", (int) text.charAt(i), i);
                }
                i++;
            }
        }
        return null;
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
