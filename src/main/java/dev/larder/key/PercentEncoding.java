package dev.larder.key;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes those characters of a prefix or version as %XX that the layout reserves, or that the store does not accept.
 */
final class PercentEncoding {

    private PercentEncoding() {}

    static String of(String part, boolean asciiOnly) {
        StringBuilder encoded = new StringBuilder(part.length());
        part.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                // it is unpaired and has no UTF-8: written as the three bytes that it would have, which no valid text
                // has
                byte[] bytes = {(byte) (0xE0 | (c >> 12)), (byte) (0x80 | ((c >> 6) & 0x3F)), (byte) (0x80 | (c & 0x3F))
                };
                append(encoded, bytes);
            } else if (c == '%' || c == ':' || Character.isISOControl(c) || (asciiOnly && (c == ' ' || c >= 0x7F))) {
                append(encoded, Character.toString(c).getBytes(UTF_8));
            } else {
                encoded.appendCodePoint(c);
            }
        });
        return encoded.toString();
    }

    private static void append(StringBuilder to, byte[] bytes) {
        for (byte b : bytes) {
            to.append(String.format("%%%02X", b));
        }
    }
}
