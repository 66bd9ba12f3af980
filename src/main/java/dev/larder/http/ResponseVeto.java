package dev.larder.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first thing about a response that forbids to store it (RFC 9111 §3, §3.3, §3.5, §5.2.2). */
final class ResponseVeto {

    /** The statuses of RFC 9110 §15 whose rules for caches are implemented here; 206, 304, 401 and 407 are never stored. */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400, 402, 403, 404, 405, 406, 408, 409, 410,
            411, 412, 413, 414, 415, 417, 421, 422, 426, 500, 501, 502, 503, 504, 505);

    private ResponseVeto() {}

    static @Nullable Reason of(
            CachingRules rules, RequestFacts request, ResponseFacts response, CacheControl directives, VaryMatch vary) {
        Reason reason = ofMessage(rules, request, response);
        if (reason == null) {
            reason = ofDirectives(directives, response.status());
        }
        if (reason == null
                && rules.scope() == Scope.PUBLIC
                && request.isAuthenticated()
                && !directives.permitsSharing()) {
            reason = Reason.AUTHORIZATION;
        }
        if (reason == null && vary.isNever()) {
            reason = Reason.VARY;
        }
        return reason == null && vary.names().contains("cookie") ? Reason.VARY_COOKIE : reason;
    }

    private static @Nullable Reason ofMessage(CachingRules rules, RequestFacts request, ResponseFacts response) {
        Fields fields = response.fields();
        Reason ending = ofEnding(response.completion());
        if (ending != null) {
            return ending;
        } else if (!rules.permits(response.status())
                || (request.fields().contains("Range") && response.status() != 200)) {
            return Reason.STATUS;
        } else if (response.servletCookie() || fields.contains("Set-Cookie") || fields.contains("Set-Cookie2")) {
            return Reason.SET_COOKIE;
        } else if (fields.contains("WWW-Authenticate") || fields.contains("Authentication-Info")) {
            return Reason.AUTHENTICATION;
        } else if (!fields.safe()) {
            return Reason.MALFORMED_FIELD;
        } else if (MediaTypes.mentionsEventStream(fields, "Content-Type")) {
            return Reason.EVENT_STREAM;
        }
        return hasOtherLength(fields, response.bodyLength()) ? Reason.CONTENT_LENGTH : null;
    }

    private static @Nullable Reason ofEnding(ResponseFacts.Completion completion) {
        return switch (completion) {
            case COMPLETE -> null;
            case MAPPED_EXCEPTION -> Reason.EXCEPTION;
            case INCOMPLETE -> Reason.INCOMPLETE;
            case OVERSIZED -> Reason.BODY_SIZE;
        };
    }

    /** RFC 9111 §3.3; any line counts, and one that is no number is another length. */
    private static boolean hasOtherLength(Fields fields, long length) {
        return length >= 0
                && fields.lines("Content-Length").stream()
                        .anyMatch(line -> Syntax.number(Syntax.trimmed(line), Long.MAX_VALUE / 16) != length);
    }

    private static @Nullable Reason ofDirectives(CacheControl directives, int status) {
        if (directives.malformed()) {
            return Reason.MALFORMED_FIELD;
        } else if (directives.mustUnderstand() && !UNDERSTOOD.contains(status)) {
            return Reason.MUST_UNDERSTAND;
        } else if (directives.noStore() && !directives.mustUnderstand()) { // §5.2.2.3: a fallback for other caches
            return Reason.NO_STORE;
        } else if (directives.isPrivate()) {
            return Reason.PRIVATE;
        } else if (directives.noCache()) {
            return Reason.NO_CACHE;
        }
        return directives.sharedMaxAge().orElse(1) == 0 ? Reason.S_MAXAGE : null;
    }
}
