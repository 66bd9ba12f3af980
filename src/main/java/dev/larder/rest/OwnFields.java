package dev.larder.rest;

import dev.larder.response.Exchange;
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
    static void add(Exchange exchange, MultivaluedMap<String, Object> headers) {
        String tag = exchange.entityTag();
        if (tag != null && !headers.containsKey(HttpHeaders.ETAG)) {
            headers.putSingle(HttpHeaders.ETAG, tag);
        }
        if (exchange.resource().method().cacheStatus()) {
            headers.putSingle(CACHE_STATUS, exchange.status().appendedTo(combined(headers.get(CACHE_STATUS))));
        }
    }

    private static @Nullable String combined(@Nullable List<Object> values) {
        return values == null ? null : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
