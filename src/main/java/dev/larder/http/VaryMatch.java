package dev.larder.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The request fields that select among the variants of a resource (RFC 9110 §12.5.5, RFC 9111 §4.1).
 *
 * @param names in lower case, sorted, each once; {@code *} alone if no request can match
 */
public record VaryMatch(List<String> names) {

    /** One variant for all requests. */
    public static final VaryMatch NONE = new VaryMatch(List.of());

    private static final VaryMatch NEVER = new VaryMatch(List.of("*"));

    /** Copies the names. */
    public VaryMatch {
        names = List.copyOf(names);
    }

    /**
     * The Vary of a response. A content coding that the resource set itself was negotiated, so it counts as {@code Vary:
     * Accept-Encoding}.
     *
     * @return the selecting names; {@link #isNever()} if one has an asterisk or is no field name
     */
    public static VaryMatch of(Fields response) {
        boolean coded = response.contains("Content-Encoding");
        if (!coded && !response.contains("Vary")) {
            return NONE;
        }
        TreeSet<String> names = new TreeSet<>();
        for (String name : ListSyntax.elements(response.lines("Vary"))) {
            if (name.indexOf('*') >= 0 || !Syntax.isToken(name)) {
                return NEVER;
            }
            names.add(Fields.lowerCase(name));
        }
        if (coded) {
            names.add("accept-encoding");
        }
        return new VaryMatch(List.copyOf(names));
    }

    /**
     * The match by some field names.
     *
     * @param fieldNames the names in any case, none of them an asterisk
     */
    public static VaryMatch of(Collection<String> fieldNames) {
        TreeSet<String> names = new TreeSet<>();
        for (String name : fieldNames) {
            names.add(Fields.lowerCase(name));
        }
        return names.isEmpty() ? NONE : new VaryMatch(List.copyOf(names));
    }

    /**
     * The match by the names of both.
     *
     * @return this if it has all of the other's names
     */
    public VaryMatch joined(VaryMatch other) {
        TreeSet<String> all = new TreeSet<>(names);
        return all.addAll(other.names) ? new VaryMatch(List.copyOf(all)) : this;
    }

    /** Whether no request can ever match, {@code Vary: *}. */
    public boolean isNever() {
        return names.contains("*");
    }

    /**
     * The selecting text of a request: equal for two requests if and only if they select the same variant. It may hold
     * credentials ({@code Vary: Authorization}) and be of any length: hash it before it leaves the process.
     *
     * @return the normalised values, each with its name and length; empty if there are no names
     */
    public String selecting(Fields request) {
        if (names.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name);
            List<String> lines = request.lines(name);
            if (lines.isEmpty()) {
                text.append(":-;"); // absent is not empty
            } else {
                String value = SelectingValue.of(name, lines);
                text.append(':')
                        .append(value.length())
                        .append(':')
                        .append(value)
                        .append(';');
            }
        }
        return text.toString();
    }

    /**
     * The hash of the selecting text, which can be part of a key.
     *
     * @return 43 characters of base64url, a SHA-256
     */
    public String hash(Fields request) {
        return Sha256.base64Url(selecting(request).getBytes(UTF_8), Sha256.LENGTH);
    }

    /**
     * A response's fields with a Vary that names the given fields, too.
     *
     * @return the fields, as they were if Vary is {@code *} or names them already
     */
    public static Fields merged(Fields response, Collection<String> names) {
        VaryMatch vary = of(response);
        if (vary.isNever()) {
            return response;
        }
        List<String> all = ListSyntax.elements(response.lines("Vary"));
        boolean missing = false;
        for (String name : names) {
            if (all.stream().noneMatch(name::equalsIgnoreCase)) {
                all.add(name);
                missing = true;
            }
        }
        return missing ? response.with("Vary", String.join(", ", all)) : response;
    }
}
