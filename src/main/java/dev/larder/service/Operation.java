package dev.larder.service;

/** An operation of a backend, as messages name it. */
enum Operation {
    GET("get"),
    SET("set"),
    DELETE("delete"),
    HAS_KEY("hasKey"),
    TOUCH("touch"),
    INCR("incr"),
    DECR("decr"),
    PROBE("answer a probe");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** Whether the caller gets an exception if the backend fails, whatever {@code on-error} says. */
    boolean isCounting() {
        return this == INCR || this == DECR;
    }

    @Override
    public String toString() {
        return text;
    }
}
