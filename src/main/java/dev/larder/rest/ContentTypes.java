package dev.larder.rest;

import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares media types by the bodies that a writer writes for them. */
final class ContentTypes {

    private static final String DEFAULT_CHARSET = "utf-8";

    private ContentTypes() {}

    /**
     * Whether a writer writes the same body for both. One may name UTF-8, the default of writers, and the other not.
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
            return null; // of a response without a body, whose type no writer had to parse
        }
    }
}
