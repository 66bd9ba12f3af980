package dev.larder.http;

/**
 * What the rules need to know of a response that a resource method made.
 *
 * @param status the status code
 * @param fields what the resource and its entity said, without what filters and the server add
 * @param servletCookie whether a cookie was set by the servlet API, or a session created, during the request
 * @param completion how the body came to its end
 * @param bodyLength the bytes written, before any content coding that is not the resource's own; -1 if unknown
 * @param atMillis when it was made, in milliseconds of the epoch: its date where it has none
 */
public record ResponseFacts(
        int status, Fields fields, boolean servletCookie, Completion completion, long bodyLength, long atMillis) {

    /** How a response came to its end. */
    public enum Completion {
        /** The resource method returned it, and all of it was written. */
        COMPLETE,
        /** An exception mapper made it. */
        MAPPED_EXCEPTION,
        /** The writer threw, the client went away, the asynchronous call was cancelled or timed out. */
        INCOMPLETE,
        /** The body is over the limit; the rest was not buffered. */
        OVERSIZED
    }
}
