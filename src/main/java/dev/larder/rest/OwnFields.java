package dev.larder.rest;

import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields that the cache itself adds to a response. */
final class OwnFields {

    private static final String CACHE_STATUS = "Cache-Status";

    private OwnFields() {}

    /** Adds the ETag of a response that will be stored, and Cache-Status where it is wanted, once. */
    static void add(Captured captured, MultivaluedMap<String, Object> headers) {
        Exchange exchange = captured.exchange();
        String tag = captured.isStatusOfMethod() ? exchange.entityTag() : null;
        List<Object> tags = headers.get(HttpHeaders.ETAG);
        if (tag != null && tags == null) {
            headers.putSingle(HttpHeaders.ETAG, tag);
        } else if (captured.isServed() && tags != null && tags.size() > 1) {
            // a filter added its own, which is the only one where nothing is stored
            headers.putSingle(HttpHeaders.ETAG, tags.get(tags.size() - 1));
        }
        if (exchange.resource().policy().cacheStatus() && (exchange.hit() == null || captured.isServed())) {
            headers.putSingle(CACHE_STATUS, exchange.status().appendedTo(combined(headers.get(CACHE_STATUS))));
        }
    }

    /** Removes the cache's own tag from a response that is no longer the stored one. */
    static void withdrawTag(Captured captured, MultivaluedMap<String, Object> headers) {
        Hit hit = captured.exchange().hit();
        if (hit != null && hit.isOwnTag(headers.getFirst(HttpHeaders.ETAG))) {
            headers.remove(HttpHeaders.ETAG);
        }
    }

    private static @Nullable String combined(@Nullable List<Object> values) {
        return values == null ? null : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
