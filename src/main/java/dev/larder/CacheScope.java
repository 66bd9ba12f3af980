package dev.larder;

/** Which requests may share a stored response: {@link Cache#scope()}. */
public enum CacheScope {
    /**
     * Those of all callers. Requests with an {@code Authorization} field or a caller principal bypass the cache, unless the response
     * contains {@code public}, {@code s-maxage} or {@code must-revalidate} (RFC 9111 §3.5).
     */
    PUBLIC,

    /**
     * Those of one caller principal, whose name is part of the key. A request without a principal bypasses the cache. The
     * principal is that of the Jakarta REST {@code SecurityContext}, after authorization.
     */
    USER,

    /**
     * Those of all callers that passed security. The response must not depend on who they are. A request without a
     * principal bypasses the cache.
     */
    AUTHENTICATED
}
