package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.Hit.Ending;
import dev.larder.response.ResponseCache;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an exchange, and what is known of its response, in the properties of a request while its filters run. Only the
 * first response of an exchange concerns the cache. If a filter or a writer throws, the server sends another one
 * instead.
 */
final class Captured {

    static final String PROPERTY = "dev.larder.exchange";

    private final Exchange exchange;
    private final EmptyAnswer empty;
    private final ResponseCache responses;
    private final ServletFields servlet;
    private @Nullable ContainerResponseContext response;
    private @Nullable Object entity;
    private @Nullable MediaType type;
    private boolean served;
    private @Nullable OutputStream heldBack;
    private @Nullable Ending ending;
    private @Nullable OutputStream writtenInto;
    private boolean untouched;

    Captured(Exchange exchange, EmptyAnswer empty, ResponseCache responses, ServletFields servlet) {
        this.exchange = exchange;
        this.empty = empty;
        this.responses = responses;
        this.servlet = servlet;
    }

    static @Nullable Captured of(ContainerRequestContext request) {
        return (Captured) request.getProperty(PROPERTY);
    }

    void into(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    Exchange exchange() {
        return exchange;
    }

    EmptyAnswer empty() {
        return empty;
    }

    ResponseCache responses() {
        return responses;
    }

    ServletFields servlet() {
        return servlet;
    }

    /** Takes the response that reaches the first filter; false if a response has reached it before. */
    boolean begin(ContainerResponseContext first) {
        ContainerResponseContext begun = response;
        if (begun == null) {
            response = first;
            return true;
        }
        if (begun != first) {
            responses.discard(exchange, Reason.INCOMPLETE);
        }
        return false;
    }

    /** The response, once it reached the first filter. */
    @Nullable
    ContainerResponseContext response() {
        return response;
    }

    /** Notes the entity and the media type before other filters see the response. */
    void noteEntityAndType(ContainerResponseContext of) {
        entity = unwrapped(of.getEntity());
        type = of.getMediaType();
    }

    /** Notes that the stored response took the place of the cache's own empty answer. */
    void markServed() {
        served = true;
    }

    /** The hit, if the response is the stored one and nobody replaced its entity; else null. */
    @Nullable
    Hit hit(@Nullable Object current) {
        Hit hit = served ? exchange.hit() : null;
        return hit != null && isBodyOf(hit, current) ? hit : null;
    }

    /** Whether the stored response took the place of the cache's own empty answer. */
    boolean isServed() {
        return served;
    }

    /** Whether the status is still the stored one. */
    boolean isStatusOf(Hit hit) {
        ContainerResponseContext sent = response;
        return sent != null && sent.getStatus() == hit.status();
    }

    /** Whether the status is still the one that the resource method answered. */
    boolean isStatusOfMethod() {
        ContainerResponseContext sent = response;
        return sent != null && exchange.isStatus(sent.getStatus());
    }

    private static boolean isBodyOf(Hit hit, @Nullable Object current) {
        return current == hit.body() || (current == null && hit.body().length == 0);
    }

    /** Whether the entity is still the one that the resource method answered. */
    boolean isOwnEntity(@Nullable Object current) {
        return unwrapped(current) == entity;
    }

    /** The media type before other filters saw the response; null if there was none. */
    @Nullable
    MediaType type() {
        return type;
    }

    /** Notes the media type that the server chose after the filters, if there was none before them. */
    void noteTypeIfAbsent(@Nullable MediaType chosen) {
        type = type == null ? chosen : type;
    }

    /** Notes the stream that holds back what is written from now on, and the ending that the whole may be sent with. */
    void holdBack(OutputStream stream, @Nullable Ending whole) {
        heldBack = stream;
        ending = whole;
    }

    /** Notes the stream into which the innermost interceptor writes the whole body. */
    void noteBodyTarget(OutputStream stream) {
        writtenInto = stream;
        Ending planned = ending;
        untouched = planned != null && planned.isPart() && stream == heldBack && !WriterInterceptors.areOfApplication();
    }

    /** Whether the stored bytes are written, or being written. */
    boolean isBodyWritten() {
        return writtenInto != null;
    }

    /**
     * Whether a hit may be sent with this ending: the stored bytes were written, and for a part, no interceptor changed
     * them.
     */
    boolean maySend(Ending ending) {
        return writtenInto != null && (untouched || !ending.isPart());
    }

    /** Whether the client already has the response that the resource method made, and no filter changed the status. */
    boolean mayBeNotModified() {
        ContainerResponseContext sent = response;
        return sent != null && exchange.isNotModified(sent.getStatus());
    }

    /**
     * The entity without a {@code GenericEntity} or {@code Optional} around it, which servers show in some cases only.
     */
    static @Nullable Object unwrapped(@Nullable Object entity) {
        Object inside = entity instanceof GenericEntity<?> generic ? generic.getEntity() : entity;
        return inside instanceof Optional<?> optional ? optional.orElse(null) : inside;
    }
}
