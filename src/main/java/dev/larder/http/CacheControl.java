package dev.larder.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The response directives of Cache-Control (RFC 9111 §5.2.2), parsed from all its lines; names in any case, unknown
 * ones ignored, the content of quoted strings never taken for directives.
 *
 * <p>Malformed parts are read so that less is stored: each word outside quotes counts as a directive, an argument that
 * is no number of seconds is zero, and an open quote makes the whole {@link #malformed()}.
 */
final class CacheControl {

    /** The greatest number of seconds (RFC 9111 §1.2.2). */
    static final long MAX_SECONDS = 1L << 31;

    private static final CacheControl NONE = new CacheControl();

    private final Set<String> present = new HashSet<>();
    private final Set<String> qualifiedFields = new HashSet<>();
    private OptionalLong maxAge = OptionalLong.empty();
    private OptionalLong sharedMaxAge = OptionalLong.empty();
    private boolean malformed;

    private CacheControl() {}

    /**
     * The directives of a response.
     *
     * @return the directives, none if there is no Cache-Control
     */
    public static CacheControl of(Fields response) {
        if (!response.contains("Cache-Control")) {
            return NONE;
        }
        CacheControl directives = new CacheControl();
        response.lines("Cache-Control").forEach(directives::read);
        return directives;
    }

    /** Whether {@code no-store} is present. */
    public boolean noStore() {
        return present.contains("no-store");
    }

    /** Whether {@code no-cache} is present without field names. */
    public boolean noCache() {
        return present.contains("no-cache");
    }

    /** Whether {@code private} is present without field names. */
    public boolean isPrivate() {
        return present.contains("private");
    }

    /** Whether {@code must-understand} is present. */
    public boolean mustUnderstand() {
        return present.contains("must-understand");
    }

    /**
     * Whether the response to a request with credentials may be shared: {@code public}, {@code s-maxage} or
     * {@code must-revalidate} (RFC 9111 §3.5).
     */
    public boolean permitsSharing() {
        return !malformed
                && (present.contains("public") || present.contains("must-revalidate") || sharedMaxAge.isPresent());
    }

    /**
     * The seconds of {@code max-age}, the smallest of several, 0 if one is malformed.
     *
     * @return empty if it is absent
     */
    public OptionalLong maxAge() {
        return maxAge;
    }

    /**
     * The seconds of {@code s-maxage}, the smallest of several, 0 if one is malformed.
     *
     * @return empty if it is absent
     */
    public OptionalLong sharedMaxAge() {
        return sharedMaxAge;
    }

    /**
     * The field names of {@code no-cache="…"} and {@code private="…"}, in lower case: not to be stored.
     *
     * @return empty if there are none
     */
    public Set<String> qualifiedFields() {
        return Set.copyOf(qualifiedFields);
    }

    /** Whether a quoted string does not end on its line. */
    public boolean malformed() {
        return malformed;
    }

    private void read(String line) {
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == '"') {
                i = ListSyntax.endOfQuote(line, i);
                malformed |= i > line.length();
            } else if (Syntax.isTokenCharacter(c)) {
                i = readDirective(line, i);
            } else {
                i++;
            }
        }
    }

    private int readDirective(String line, int from) {
        int end = endOfToken(line, from);
        String name = Fields.lowerCase(line.substring(from, end));
        if (end == line.length() || line.charAt(end) != '=') {
            add(name, null);
            return end;
        }
        int start = end + 1;
        if (start < line.length() && line.charAt(start) == '"') {
            int close = ListSyntax.endOfQuote(line, start);
            malformed |= close > line.length();
            add(name, malformed ? "" : unquoted(line, start + 1, close - 1));
            return close;
        }
        int close = endOfArgument(line, start);
        add(name, line.substring(start, close));
        return close;
    }

    private void add(String name, @Nullable String argument) {
        switch (name) {
            case "max-age" -> maxAge = smallest(maxAge, argument);
            case "s-maxage" -> sharedMaxAge = smallest(sharedMaxAge, argument);
            case "private", "no-cache" -> addQualifiable(name, argument);
            default -> present.add(name);
        }
    }

    private void addQualifiable(String name, @Nullable String argument) {
        List<String> fields = new ArrayList<>();
        if (argument != null) {
            ListSyntax.split(argument, ',').forEach(field -> fields.add(Fields.lowerCase(field)));
        }
        if (!fields.isEmpty() && fields.stream().allMatch(Syntax::isToken)) {
            qualifiedFields.addAll(fields);
        } else {
            present.add(name);
        }
    }

    private static OptionalLong smallest(OptionalLong present, @Nullable String argument) {
        long seconds = argument == null ? 0 : Math.max(0, Syntax.number(argument, MAX_SECONDS));
        return OptionalLong.of(Math.min(seconds, present.orElse(seconds)));
    }

    private static int endOfToken(String line, int from) {
        int end = from;
        while (end < line.length() && Syntax.isTokenCharacter(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int endOfArgument(String line, int from) {
        int end = from;
        while (end < line.length() && " \t,;\"".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String unquoted(String line, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = line.charAt(i);
            text.append(c == '\\' && i + 1 < to ? line.charAt(++i) : c);
        }
        return text.toString();
    }
}
