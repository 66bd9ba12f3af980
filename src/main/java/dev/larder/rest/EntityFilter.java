package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * The last filter on a response. Detects what other filters replaced. Completes a response without an entity, since no
 * {@code WriterInterceptor} runs for it.
 */
@Priority(Integer.MIN_VALUE)
public final class EntityFilter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Captured captured = Captured.of(request);
        if (captured == null || captured.response() != response) {
            return;
        }
        Exchange exchange = captured.exchange();
        if (captured.isServed()) {
            finish(captured, response);
        } else if (exchange.isRecording() && !isOwn(captured, response)) {
            // another filter replaced it, maybe for this caller only
            captured.responses().discard(exchange, Reason.ENTITY_REPLACED);
        } else if (exchange.isRecording() && response.hasEntity()) {
            return; // the BodyInterceptor goes on
        } else if (exchange.isRecording()) {
            captured.responses().noteBody(exchange, new byte[0], null, Fields.EMPTY, false);
            captured.responses().noteWritten(exchange);
        }
        OwnFields.add(captured, response.getHeaders());
    }

    private static boolean isOwn(Captured captured, ContainerResponseContext response) {
        return captured.isOwnEntity(response.getEntity())
                && ContentTypes.areWrittenAlike(captured.type(), response.getMediaType());
    }

    private static void finish(Captured captured, ContainerResponseContext response) {
        Hit hit = captured.hit(response.getEntity());
        if (hit == null || !captured.isStatusOf(hit)) {
            OwnFields.withdrawTag(captured, response.getHeaders());
        } else if (!response.hasEntity() && hit.ending() != null) {
            Endings.apply(captured, hit.ending(), response.getHeaders());
        }
    }
}
