package dev.larder.http;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Conditional GET and HEAD requests (RFC 9110 §13), in the order of §13.2.2. */
final class Preconditions {

    /** The result of a request's conditions for a representation. */
    public enum Outcome {
        /** All hold, or there are none: send the representation. */
        FULL,
        /** 304: the client has it. */
        NOT_MODIFIED,
        /** 412: it is not the one that the client wants to act on. */
        FAILED
    }

    private Preconditions() {}

    /**
     * Whether the request is to be refused unless the representation is the one that the client has (§13.1.1, §13.1.4).
     */
    public static boolean arePresent(Fields request) {
        return request.anyBeginsWith("if-")
                && (request.contains("If-Match") || request.contains("If-Unmodified-Since"));
    }

    /** Evaluates the conditions against a stored response. */
    public static Outcome evaluate(Fields request, StoredResponse stored, long nowMillis) {
        return evaluate(request, stored.status(), stored.fields(), nowMillis);
    }

    /** Evaluates the conditions against a response. They count only where it would be a 2xx without them (§13.2.1). */
    public static Outcome evaluate(Fields request, int status, Fields response, long nowMillis) {
        if (status < 200 || status > 299 || !request.anyBeginsWith("if-")) {
            return Outcome.FULL;
        }
        if (arePresent(request) && fails(request, response, nowMillis)) {
            return Outcome.FAILED;
        }
        List<String> tags = request.lines("If-None-Match");
        boolean notModified = tags.isEmpty()
                ? isUnmodifiedSince(response, request, "If-Modified-Since", nowMillis)
                : isListed(tags, response, true);
        return notModified ? Outcome.NOT_MODIFIED : Outcome.FULL;
    }

    private static boolean fails(Fields request, Fields response, long nowMillis) {
        List<String> wanted = request.lines("If-Match");
        if (!wanted.isEmpty()) {
            return !isListed(wanted, response, false);
        }
        OptionalLong modified = HttpDate.seconds(response, "Last-Modified", nowMillis);
        OptionalLong since = HttpDate.seconds(request, "If-Unmodified-Since", nowMillis);
        return modified.isPresent() && since.isPresent() && modified.getAsLong() > since.getAsLong();
    }

    /** {@code *} means any representation, and there is one. */
    private static boolean isListed(List<String> tags, Fields response, boolean weakly) {
        if (tags.size() == 1 && Syntax.trimmed(tags.get(0)).equals("*")) {
            return true;
        }
        @Nullable EntityTag current = EntityTag.of(response);
        return current != null && current.isIn(tags, weakly);
    }

    private static boolean isUnmodifiedSince(Fields response, Fields request, String name, long nowMillis) {
        if (!request.contains(name)) {
            return false;
        }
        OptionalLong modified = HttpDate.seconds(response, "Last-Modified", nowMillis);
        OptionalLong since = HttpDate.seconds(request, name, nowMillis);
        return modified.isPresent() && since.isPresent() && modified.getAsLong() <= since.getAsLong();
    }
}
