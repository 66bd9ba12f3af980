package dev.larder.key;

/** What a Java string may hold and UTF-8 may not: a surrogate without its other half. */
public final class Utf16 {

    private Utf16() {}

    /** Whether every surrogate has its other half, so that UTF-8 can carry the string. */
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (isLone(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Whether every character is a byte in UTF-8. */
    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The chars as they are, two bytes each, high byte first. A charset would replace a lone surrogate. */
    public static byte[] bytes(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /** The string of such bytes, an even number of them. */
    public static String text(byte[] bytes, int from, int length) {
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[from + 2 * i] << 8) | (bytes[from + 2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }

    /** Whether the surrogate at this place, where no pair ends, begins no pair. */
    static boolean isLone(CharSequence text, int at) {
        return Character.isLowSurrogate(text.charAt(at))
                || at + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(at + 1));
    }
}
