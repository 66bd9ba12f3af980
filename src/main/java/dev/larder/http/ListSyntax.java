package dev.larder.http;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated lists (RFC 9110 §5.6.1): commas in quoted strings do not separate, empty elements do not count. */
final class ListSyntax {

    private ListSyntax() {}

    /** The elements of all lines; a quote left open ends with its line. */
    static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            split(line, ',', elements);
        }
        return elements;
    }

    /** The parts between separators outside quoted strings, trimmed, without empty ones. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        split(text, separator, parts);
        return parts;
    }

    private static void split(String text, char separator, List<String> parts) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                String part = Syntax.trimmed(text, start, i);
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (text.charAt(i) == '"') {
                i = Math.min(endOfQuote(text, i), text.length()) - 1;
            }
        }
    }

    /** The index after the quoted string that opens here; one beyond the text's length if it does not close. */
    static int endOfQuote(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return text.length() + 1;
    }
}
