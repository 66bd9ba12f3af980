package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.Hit.Ending;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An exchange and the state of its response, kept in the properties of the request for the response filters and writer
 * interceptors. The first response only matters to the cache: if a filter or a writer throws, the server sends another one
 * in its place.
 */
final class CapturedExchange {

    static final String PROPERTY = "dev.larder.exchange";

    private final Exchange exchange;
    private final Placeholder placeholder;
    private final ResponseCache responses;
    private final ServletSideEffects servlet;
    private @Nullable ContainerResponseContext response;
    private @Nullable Object entity;
    private @Nullable MediaType type;
    private boolean served;
    private @Nullable OutputStream buffer;
    private @Nullable Ending ending;
    private @Nullable OutputStream bodyTarget;
    private boolean unchanged;

    CapturedExchange(Exchange exchange, Placeholder placeholder, ResponseCache responses, ServletSideEffects servlet) {
        this.exchange = exchange;
        this.placeholder = placeholder;
        this.responses = responses;
        this.servlet = servlet;
    }

    static @Nullable CapturedExchange of(ContainerRequestContext request) {
        return (CapturedExchange) request.getProperty(PROPERTY);
    }

    void into(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    Exchange exchange() {
        return exchange;
    }

    Placeholder placeholder() {
        return placeholder;
    }

    ResponseCache responses() {
        return responses;
    }

    ServletSideEffects servlet() {
        return servlet;
    }

    /** Notes the response that the first filter sees; false if there was one before. */
    boolean begin(ContainerResponseContext first) {
        ContainerResponseContext earlier = response;
        if (earlier == null) {
            response = first;
            return true;
        }
        if (earlier != first) {
            responses.discard(exchange, Reason.INCOMPLETE);
        }
        return false;
    }

    /** The response that the first filter saw; null before that. */
    @Nullable
    ContainerResponseContext response() {
        return response;
    }

    /** Notes the entity and the media type before other filters see the response. */
    void noteEntityAndType(ContainerResponseContext original) {
        entity = ResourceMethods.unwrapped(original.getEntity());
        type = original.getMediaType();
    }

    /** Notes that the stored response has replaced the placeholder. */
    void markServed() {
        served = true;
    }

    /** The hit if the response is the stored one and its entity was not replaced; else null. */
    @Nullable
    Hit hit(@Nullable Object current) {
        Hit hit = served ? exchange.hit() : null;
        return hit != null && isBodyOf(hit, current) ? hit : null;
    }

    /** Whether the stored response has replaced the placeholder. */
    boolean isServed() {
        return served;
    }

    /** Whether the status is still the stored one. */
    boolean isStatusOf(Hit hit) {
        ContainerResponseContext sent = response;
        return sent != null && sent.getStatus() == hit.status();
    }

    /** Whether the status is still that of the resource method. */
    boolean isStatusOfMethod() {
        ContainerResponseContext sent = response;
        return sent != null && exchange.isStatus(sent.getStatus());
    }

    private static boolean isBodyOf(Hit hit, @Nullable Object current) {
        return current == hit.body() || (current == null && hit.body().length == 0);
    }

    /** Whether the entity is still that of the resource method. */
    boolean isOwnEntity(@Nullable Object current) {
        return ResourceMethods.unwrapped(current) == entity;
    }

    /** The media type before other filters ran; null if there was none. */
    @Nullable
    MediaType type() {
        return type;
    }

    /** Notes the media type that the server chose after the filters, if there was none before them. */
    void noteTypeIfAbsent(@Nullable MediaType chosen) {
        type = type == null ? chosen : type;
    }

    /** Notes the stream that buffers what is written from now on, and what may be sent in place of the whole. */
    void noteBuffer(OutputStream stream, @Nullable Ending planned) {
        buffer = stream;
        ending = planned;
    }

    /** Notes the stream into which the innermost interceptor writes the whole body. */
    void noteBodyTarget(OutputStream stream) {
        bodyTarget = stream;
        Ending part = ending != null && ending.isPart() ? ending : null;
        unchanged = part != null && stream == buffer && !WriterInterceptors.areOfApplication();
    }

    /** Whether the innermost interceptor has started to write the stored bytes. */
    boolean isBodyWritten() {
        return bodyTarget != null;
    }

    /**
     * Whether this may be sent in place of a whole hit: the stored bytes were written, and if it is a part, no interceptor
     * changed them.
     */
    boolean maySend(Ending ending) {
        return bodyTarget != null && (unchanged || !ending.isPart());
    }

    /** Whether the client has the response of the resource method already, and no filter changed the status. */
    boolean mayBeNotModified() {
        ContainerResponseContext sent = response;
        return sent != null && exchange.isNotModified(sent.getStatus());
    }
}
