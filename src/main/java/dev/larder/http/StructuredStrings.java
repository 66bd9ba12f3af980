package dev.larder.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.function.IntPredicate;

/**
 * The parser of a structured field that is a list of strings (RFC 9651 §4.2.1). Parameters are parsed, since they may be
 * malformed, and ignored.
 */
final class StructuredStrings {

    private static final int MAX_DIGITS_OF_INTEGER = 15;
    private static final int MAX_DIGITS_BEFORE_POINT = 12;
    private static final int MAX_DIGITS_AFTER_POINT = 3;
    private static final int END = -1;

    private final String field;
    private int at;

    /** The parser of a field value, its lines combined. */
    StructuredStrings(String field) {
        this.field = field;
    }

    /**
     * Adds the strings to a collection.
     *
     * @return false if the field is no list of strings; then the collection's content is undefined
     */
    boolean readInto(Collection<String> strings) {
        skip(c -> c == ' ');
        boolean more = peek() != END;
        while (more) {
            StringBuilder text = new StringBuilder();
            if (!readString(text) || !readParameters()) {
                return false;
            }
            strings.add(text.toString());
            skip(c -> c == ' ' || c == '\t');
            more = take(',');
            if (more) {
                skip(c -> c == ' ' || c == '\t'); // a comma at the end is malformed: no string follows
            } else if (peek() != END) {
                return false;
            }
        }
        return true;
    }

    /** Section 4.2.5: printable ASCII, in which a backslash escapes a quote or a backslash only. */
    private boolean readString(StringBuilder text) {
        if (!take('"')) {
            return false;
        }
        for (int c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                c = next();
                if (c != '"' && c != '\\') {
                    return false;
                }
            }
            if (!isPrintable(c)) {
                return false;
            }
            text.append((char) c);
        }
        return true;
    }

    /** Section 4.2.3.2. */
    private boolean readParameters() {
        while (take(';')) {
            skip(c -> c == ' ');
            int first = next();
            if (!isLowerCase(first) && first != '*') {
                return false;
            }
            skip(c -> isLowerCase(c) || isDigit(c) || "_-.*".indexOf(c) >= 0);
            if (take('=') && !readItem()) {
                return false;
            }
        }
        return true;
    }

    /** Section 4.2.3.1: the value of a parameter. */
    private boolean readItem() {
        int first = peek();
        if (first == '"') {
            return readString(new StringBuilder());
        }
        if (first == '-' || isDigit(first)) {
            return readNumber(true);
        }
        if (isLetter(first) || first == '*') {
            skip(c -> c == ':' || c == '/' || Syntax.isTokenCharacter((char) c));
            return true;
        }
        at++;
        return switch (first) {
            case ':' -> {
                skip(c -> isLetter(c) || isDigit(c) || "+/=".indexOf(c) >= 0);
                yield take(':');
            }
            case '?' -> take('0') || take('1');
            case '@' -> readNumber(false);
            case '%' -> readDisplayString();
            default -> false;
        };
    }

    /** Section 4.2.4: an integer, or a decimal where that is allowed. */
    private boolean readNumber(boolean mayBeDecimal) {
        take('-');
        int digits = skip(StructuredStrings::isDigit);
        if (digits == 0 || digits > MAX_DIGITS_OF_INTEGER) {
            return false;
        }
        if (!take('.')) {
            return true;
        }
        int fraction = skip(StructuredStrings::isDigit);
        return mayBeDecimal && digits <= MAX_DIGITS_BEFORE_POINT && fraction > 0 && fraction <= MAX_DIGITS_AFTER_POINT;
    }

    /** Section 4.2.10: a quoted text of percent-encoded UTF-8, in lower case. */
    private boolean readDisplayString() {
        if (!take('"')) {
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int c = next(); c != '"'; c = next()) {
            if (!isPrintable(c)) {
                return false;
            }
            if (c == '%') {
                int high = "0123456789abcdef".indexOf(next());
                int low = "0123456789abcdef".indexOf(next());
                if (high < 0 || low < 0) {
                    return false;
                }
                c = high << 4 | low;
            }
            bytes.write(c);
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private int peek() {
        return at < field.length() ? field.charAt(at) : END;
    }

    private int next() {
        int c = peek();
        at++;
        return c;
    }

    private boolean take(char expected) {
        boolean taken = peek() == expected;
        if (taken) {
            at++;
        }
        return taken;
    }

    /** Skips characters, and returns how many. */
    private int skip(IntPredicate skipped) {
        int from = at;
        while (peek() != END && skipped.test(peek())) {
            at++;
        }
        return at - from;
    }

    private static boolean isPrintable(int c) {
        return c >= ' ' && c <= '~';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLowerCase(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetter(int c) {
        return isLowerCase(c) || (c >= 'A' && c <= 'Z');
    }
}
