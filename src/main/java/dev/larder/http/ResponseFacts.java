package dev.larder.http;

/**
 * The facts about a resource method's response that the rules need.
 *
 * @param status the status code
 * @param fields the fields of the resource and its entity, without those that filters and the server add
 * @param servletCookie whether a cookie was set by the servlet API, or a session created, during the request
 * @param completion how the body ended
 * @param bodyLength the bytes written, before any content coding that is not the resource's own; -1 if unknown
 * @param atMillis when it was generated, in milliseconds of the epoch: the date of a response without Date
 */
public record ResponseFacts(
        int status, Fields fields, boolean servletCookie, Completion completion, long bodyLength, long atMillis) {

    /** How a response ended. */
    public enum Completion {
        /** The resource method returned it, and all of it was written. */
        COMPLETE,
        /** It comes from an exception mapper. */
        MAPPED_EXCEPTION,
        /** The writer threw, the client went away, the asynchronous call was cancelled or timed out. */
        INCOMPLETE,
        /** The body exceeds the limit; the rest was not buffered. */
        OVERSIZED
    }
}
