package dev.larder.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sorts the members of objects and the elements of arrays in JSON text, so that two texts become equal if they differ
 * only in that order. Numbers and strings stay as they are written. The text must come from JSON-B: malformed text is
 * not detected.
 */
final class CanonicalJson {

    private final String json;
    private int at;

    private CanonicalJson(String json) {
        this.json = json;
    }

    static String of(String json) {
        return new CanonicalJson(json).value();
    }

    private String value() {
        char first = next();
        if (first == '{' || first == '[') {
            return composite(first == '{' ? '}' : ']');
        }
        return first == '"' ? string() : literal();
    }

    private String composite(char end) {
        List<String> parts = new ArrayList<>();
        char open = json.charAt(at++);
        while (next() != end) {
            if (json.charAt(at) == ',') {
                at++;
            }
            String part = value();
            if (next() == ':') {
                at++;
                part += ':' + value();
            }
            parts.add(part);
        }
        at++;
        Collections.sort(parts);
        return open + String.join(",", parts) + end;
    }

    /** The next character that is no white space. */
    private char next() {
        while (Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return json.charAt(at);
    }

    private String string() {
        int from = at++;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        return json.substring(from, at);
    }

    private String literal() {
        int from = at;
        while (at < json.length() && ",]}:".indexOf(json.charAt(at)) < 0 && !Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return json.substring(from, at);
    }
}
