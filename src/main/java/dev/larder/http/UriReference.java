package dev.larder.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** URI references (RFC 3986 §4.1, §5.2), resolved without exceptions, also for paths that are no valid URI. */
final class UriReference {

    private UriReference() {}

    /** The {@code scheme://host/path} that the reference means; null if its origin is another or it is no HTTP URI. */
    static @Nullable String sameOrigin(RequestFacts base, String reference) {
        String text = upTo('?', upTo('#', Syntax.trimmed(reference)));
        if (!Syntax.isFieldValue(text)) {
            return null;
        }
        int scheme = endOfScheme(text);
        if (scheme >= 0 && !text.startsWith("//", scheme + 1)) {
            return null;
        }
        if (scheme >= 0 && !text.substring(0, scheme).equalsIgnoreCase(base.scheme())) {
            return null;
        }
        String path = path(base, text.substring(scheme + 1));
        return path == null ? null : base.scheme() + "://" + base.host() + encoded(withoutDotSegments(path));
    }

    /** Of a reference without scheme; null if it names another host. */
    private static @Nullable String path(RequestFacts base, String reference) {
        if (reference.startsWith("//")) {
            int slash = reference.indexOf('/', 2);
            String authority = slash < 0 ? reference.substring(2) : reference.substring(2, slash);
            return RequestFacts.host(base.scheme(), authority).equals(base.host())
                    ? reference.substring(2 + authority.length())
                    : null;
        }
        if (reference.isEmpty() || reference.startsWith("/")) {
            return reference.isEmpty() ? base.path() : reference;
        }
        return base.path().substring(0, base.path().lastIndexOf('/') + 1) + reference;
    }

    private static int endOfScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            if (c == '/') {
                break;
            }
        }
        return -1;
    }

    private static String upTo(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String withoutDotSegments(String path) {
        if (path.isEmpty() || !path.contains("/.")) {
            return path.isEmpty() ? "/" : path;
        }
        List<String> segments = List.of(path.substring(1).split("/", -1));
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean dots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..") && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            }
            if (!dots || i == segments.size() - 1) {
                kept.add(dots ? "" : segment);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Percent-encodes all other characters than ASCII. */
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0 || b == ' ') {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }
}
