package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** The last filter on a response: gives a hit its body, and stores a response that has none. */
public final class EntityFilter implements ContainerResponseFilter {

    /** The property in which the response travels to the BodyInterceptor. */
    static final String RESPONSE = "dev.larder.response";

    /** The property with the entity as the resource gave it. */
    static final String ENTITY = "dev.larder.entity";

    private static final Annotation[] NONE = {};

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Captured captured = Captured.of(request);
        if (captured == null) {
            return;
        }
        Exchange exchange = captured.exchange();
        Hit hit = exchange.hit();
        if (hit != null) {
            give(hit, response);
        } else if (exchange.isRecording() && request.getProperty(ENTITY) != response.getEntity()) {
            // another filter's word, which may be for this caller only
            captured.responses().failed(exchange, Reason.ENTITY_REPLACED);
        } else if (exchange.isRecording() && response.hasEntity()) {
            request.setProperty(RESPONSE, response); // the BodyInterceptor goes on
            return;
        } else {
            // without an entity no WriterInterceptor runs
            captured.responses().made(exchange, new byte[0], null, Fields.EMPTY, false);
            captured.responses().written(exchange);
        }
        OwnFields.add(exchange, response.getHeaders());
    }

    private static void give(Hit hit, ContainerResponseContext response) {
        MediaType type = mediaType(hit.fields().first(HttpHeaders.CONTENT_TYPE));
        if (hit.body() == null || (hit.length() == 0 && type == null)) {
            response.setEntity(null); // the empty answer of a primitive type is one
        } else {
            // an entity of a type that every server can write; the bytes themselves are written by the BodyInterceptor
            response.setEntity(hit.body(), NONE, type);
        }
    }

    private static @Nullable MediaType mediaType(@Nullable String type) {
        try {
            return type == null ? null : MediaType.valueOf(type);
        } catch (IllegalArgumentException e) {
            return null; // said without a body, so that nobody had to understand it
        }
    }
}
