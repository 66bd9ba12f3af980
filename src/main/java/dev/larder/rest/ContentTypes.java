package dev.larder.rest;

import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares media types by what they mean to a writer. */
final class ContentTypes {

    private static final String DEFAULT_CHARSET = "utf-8";

    private ContentTypes() {}

    /**
     * Whether a writer writes the same body for both. They may differ in whether they name UTF-8, the default of
     * writers.
     */
    static boolean areWrittenAlike(@Nullable MediaType one, @Nullable MediaType other) {
        return Objects.equals(one, other)
                || (one != null
                        && other != null
                        && one.getType().equalsIgnoreCase(other.getType())
                        && one.getSubtype().equalsIgnoreCase(other.getSubtype())
                        && parameters(one).equals(parameters(other)));
    }

    private static Map<String, String> parameters(MediaType type) {
        Map<String, String> parameters = new HashMap<>(type.getParameters());
        String charset = parameters.get(MediaType.CHARSET_PARAMETER);
        if (DEFAULT_CHARSET.equalsIgnoreCase(charset)) {
            parameters.remove(MediaType.CHARSET_PARAMETER);
        }
        return parameters;
    }

    /** Parses a stored Content-Type; null if there is none, or if it is malformed. */
    static @Nullable MediaType parsed(@Nullable String type) {
        try {
            return type == null ? null : MediaType.valueOf(type);
        } catch (IllegalArgumentException e) {
            return null; // the response had no body, so no writer had to parse it
        }
    }
}
