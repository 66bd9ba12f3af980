package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Invalidation;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * The last response filter. Detects what other filters replaced. Completes a response without an entity, for which no
 * {@code WriterInterceptor} runs.
 */
@Priority(Integer.MIN_VALUE)
final class LastResponseFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        CapturedExchange captured = CapturedExchange.of(request);
        if (captured == null) {
            return;
        }
        Exchange exchange = captured.exchange();
        if (!exchange.resource().policy().cacheGroups() && !Invalidation.isUnsafe(exchange.request())) {
            AddedFields.removeGroups(response.getHeaders(), captured.servlet().exchange());
        }
        if (captured.response() != response) {
            return;
        }
        if (captured.isServed()) {
            finish(captured, response);
        } else if (exchange.isRecording() && !isOwn(captured, response)) {
            // another filter replaced it, maybe for this caller only
            captured.responses().discard(exchange, Reason.ENTITY_REPLACED);
        } else if (exchange.isRecording() && response.hasEntity()) {
            return; // the BodyInterceptor continues
        } else if (exchange.isRecording()) {
            captured.responses().noteBody(exchange, new byte[0], null, Fields.EMPTY, false);
            captured.responses().noteWritten(exchange);
        }
        AddedFields.add(captured, response.getHeaders());
    }

    private static boolean isOwn(CapturedExchange captured, ContainerResponseContext response) {
        return captured.isOwnEntity(response.getEntity())
                && ContentTypes.areWrittenAlike(captured.type(), response.getMediaType());
    }

    private static void finish(CapturedExchange captured, ContainerResponseContext response) {
        Hit hit = captured.hit(response.getEntity());
        if (hit == null || !captured.isStatusOf(hit)) {
            AddedFields.withdrawTag(captured, response.getHeaders());
        } else if (!response.hasEntity() && hit.ending() != null) {
            StatusChange.apply(captured, hit.ending(), response.getHeaders());
        }
    }
}
