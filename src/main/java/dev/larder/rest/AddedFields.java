package dev.larder.rest;

import dev.larder.http.CacheGroups;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The header fields that the cache itself adds to a response: {@code ETag} and {@code Cache-Status}. */
final class AddedFields {

    private static final String CACHE_STATUS = "Cache-Status";

    private AddedFields() {}

    /** Adds the ETag of a response that is stored, and Cache-Status if the policy sets {@code cacheStatus}. May be called twice. */
    static void add(CapturedExchange captured, MultivaluedMap<String, Object> headers) {
        Exchange exchange = captured.exchange();
        String tag = captured.isStatusOfMethod() ? exchange.entityTag() : null;
        List<Object> tags = headers.get(HttpHeaders.ETAG);
        if (tag != null && tags == null) {
            headers.putSingle(HttpHeaders.ETAG, tag);
        } else if (captured.isServed() && tags != null && tags.size() > 1) {
            // a filter added its own, which is the only one on a miss
            headers.putSingle(HttpHeaders.ETAG, tags.get(tags.size() - 1));
        }
        if (exchange.resource().policy().cacheStatus() && (exchange.hit() == null || captured.isServed())) {
            headers.putSingle(CACHE_STATUS, exchange.status().appendedTo(combined(headers.get(CACHE_STATUS))));
        }
    }

    /** Removes the cache's own ETag from a response that is no longer the stored one. */
    static void withdrawTag(CapturedExchange captured, MultivaluedMap<String, Object> headers) {
        Hit hit = captured.exchange().hit();
        if (hit != null && hit.isOwnTag(headers.getFirst(HttpHeaders.ETAG))) {
            headers.remove(HttpHeaders.ETAG);
        }
    }

    /** Removes the groups of a response and those that it invalidates: they are for this cache. */
    static void removeGroups(MultivaluedMap<String, Object> headers, @Nullable ServletExchange servlet) {
        for (String name : List.copyOf(headers.keySet())) {
            if (CacheGroups.isField(name)) {
                headers.remove(name);
            }
        }
        if (servlet != null) {
            servlet.removeGroups();
        }
    }

    private static @Nullable String combined(@Nullable List<Object> values) {
        return values == null ? null : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
