package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.annotation.Annotation;
import java.util.Arrays;

/**
 * The first filter on a response, so that what other filters add is neither stored nor lost: notes what the resource said
 * of it, or puts status and fields of a stored one in place.
 */
public final class HeadFilter extends ServletAware implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    /**
     * Makes it.
     *
     * @param feature the feature that registers it
     */
    public HeadFilter(ServletAware feature) {
        super(feature);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Captured captured = Captured.of(request);
        if (captured == null) {
            return;
        }
        Exchange exchange = captured.exchange();
        Hit hit = exchange.hit();
        if (hit != null) {
            replay(hit, response);
        } else if (exchange.isRecording() && exchange.isUnheaded()) {
            note(captured, request, response);
        }
    }

    private void note(Captured captured, ContainerRequestContext request, ContainerResponseContext response) {
        Exchange exchange = captured.exchange();
        if (!exchange.isReturned()
                && (!isOfMethod(response)
                        || !ResourceMethods.canReturn(
                                exchange.resource().method().method(), response.getEntity()))) {
            captured.responses().failed(exchange, Reason.EXCEPTION); // where no interceptor sees the exception
            return;
        }
        if (!exchange.isAnswered()) {
            captured.responses().failed(exchange, Reason.INCOMPLETE); // the server's answer, when its patience is over
            return;
        }
        try {
            boolean cookie = captured.cookies().isCookieSet(servlet());
            captured.responses().headed(exchange, response.getStatus(), said(response), cookie);
            request.setProperty(EntityFilter.ENTITY, response.getEntity());
            String vary = exchange.vary();
            if (vary != null) {
                response.getHeaders().putSingle(HttpHeaders.VARY, vary);
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A response of " + exchange.resource().keyRoot() + " is not stored",
                    e);
            captured.responses().failed(exchange, Reason.BACKEND);
        }
    }

    /** Whether the server says that the resource method made the entity: it has that method's annotations then. */
    private static boolean isOfMethod(ContainerResponseContext response) {
        Annotation[] annotations = response.getEntityAnnotations();
        return !response.hasEntity()
                || (annotations != null && Arrays.stream(annotations).anyMatch(one -> one instanceof GET));
    }

    private static void replay(Hit hit, ContainerResponseContext response) {
        response.setStatus(hit.status());
        var headers = response.getHeaders();
        if (!headers.isEmpty()) {
            hit.fields().forEach((name, value) -> {
                if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                    headers.remove(name);
                }
            });
        }
        hit.fields().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                headers.add(name, value);
            }
        });
    }

    private static Fields said(ContainerResponseContext response) {
        return Fields.of(response.getStringHeaders());
    }
}
