package dev.larder.http;

/** The characters of RFC 9110 §5.5 and §5.6: those of tokens, white space and field values. */
final class Syntax {

    private static final boolean[] TOKEN = new boolean[128];

    static {
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                .chars()
                .forEach(c -> TOKEN[c] = true);
    }

    private Syntax() {}

    static boolean isTokenCharacter(char c) {
        return c < 128 && TOKEN[c];
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * No control character but the tab. Some servers write the low byte of each character: U+010A would leave as LF, so
     * the low byte is what counts.
     */
    static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int low = c & 0xFF;
            if ((low < 0x20 && c != '\t') || low == 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** The part of the text between two indexes without spaces and tabs at its ends. */
    static String trimmed(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static String trimmed(String text) {
        return trimmed(text, 0, text.length());
    }

    /** A non-negative decimal number, clamped to the limit; -1 if the text is none. It may have leading zeros. */
    static long number(String text, long limit) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = Math.min(limit, number * 10 + digit);
        }
        return text.isEmpty() ? -1 : number;
    }
}
