package dev.larder.key;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Prefix and version in a store's key: what would be mistaken for the layout, or not be taken by the store, as %XX. */
final class PercentEncoding {

    private PercentEncoding() {}

    static String of(String part, boolean asciiOnly) {
        StringBuilder encoded = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Utf16.isLone(part, i)) {
                    // UTF-8 has no form for it: the three bytes it would have, which no valid text encodes to
                    append(encoded, 0xE0 | (c >> 12), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F));
                } else {
                    String pair = part.substring(i, i + 2);
                    append(encoded, pair, asciiOnly);
                    i++;
                }
            } else {
                boolean odd = c == '%' || c == ':' || Character.isISOControl(c);
                append(encoded, String.valueOf(c), odd || (asciiOnly && (c == ' ' || c >= 0x7F)));
            }
        }
        return encoded.toString();
    }

    private static void append(StringBuilder to, String character, boolean encode) {
        if (!encode) {
            to.append(character);
            return;
        }
        for (byte b : character.getBytes(UTF_8)) {
            append(to, b & 0xFF);
        }
    }

    private static void append(StringBuilder to, int... bytes) {
        for (int b : bytes) {
            to.append('%')
                    .append(Character.toUpperCase(Character.forDigit(b >> 4, 16)))
                    .append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
        }
    }
}
