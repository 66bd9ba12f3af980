package dev.larder.codec;

import java.io.Writer;

/**
 * JSON into an envelope, as UTF-8. A surrogate without its other half, which a charset would replace by a question mark,
 * can stand only inside of a JSON string and is written as its escape.
 */
final class JsonText extends Writer {

    private static final char NONE = 0;

    private final EnvelopeWriter to;
    private char high = NONE;

    JsonText(EnvelopeWriter to) {
        this.to = to;
    }

    @Override
    public void write(char[] chars, int from, int count) {
        for (int i = from; i < from + count; i++) {
            put(chars[i]);
        }
    }

    @Override
    public void write(String text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            put(text.charAt(i));
        }
    }

    @Override
    public void write(int c) {
        put((char) c);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        if (high != NONE) {
            escape(high);
            high = NONE;
        }
    }

    private void put(char c) {
        if (high != NONE) {
            char first = high;
            high = NONE;
            if (Character.isLowSurrogate(c)) {
                pair(Character.toCodePoint(first, c));
                return;
            }
            escape(first);
        }
        if (c < 0x80) {
            to.put(c);
        } else if (c < 0x800) {
            to.put(0xC0 | (c >> 6));
            to.put(0x80 | (c & 0x3F));
        } else if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            escape(c);
        } else {
            to.put(0xE0 | (c >> 12));
            to.put(0x80 | ((c >> 6) & 0x3F));
            to.put(0x80 | (c & 0x3F));
        }
    }

    private void pair(int codePoint) {
        to.put(0xF0 | (codePoint >> 18));
        to.put(0x80 | ((codePoint >> 12) & 0x3F));
        to.put(0x80 | ((codePoint >> 6) & 0x3F));
        to.put(0x80 | (codePoint & 0x3F));
    }

    private void escape(char surrogate) {
        to.put('\\');
        to.put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            to.put(Character.forDigit((surrogate >> shift) & 0xF, 16));
        }
    }
}
