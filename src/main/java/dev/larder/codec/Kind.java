package dev.larder.codec;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of an envelope's payload. The codes are part of the published format: no code ever gets a second meaning.
 */
enum Kind {
    TEXT(1, "text"),
    BYTES(2, "bytes"),
    JSON(3, "JSON"),
    WHOLE(4, "a whole number"),
    BOOLEAN(5, "a boolean"),
    CHARACTER(6, "a character"),
    FLOAT(7, "a float"),
    DOUBLE(8, "a double"),
    RESPONSE(9, "a response"),
    DATED_RESPONSE(10, "a response of a generation");

    private static final Kind[] ALL = values();

    final byte code;
    final String description;

    Kind(int code, String description) {
        this.code = (byte) code;
        this.description = description;
    }

    static @Nullable Kind of(byte code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
    }
}
