package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.Origin;
import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first response filter. On a hit, replaces the placeholder, and no other response, by the stored response, so that all
 * other filters see it. On a miss, notes the response of the resource method, so that no change by others is stored.
 */
@Priority(Integer.MAX_VALUE)
public final class FirstResponseFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        CapturedExchange captured = CapturedExchange.of(request);
        if (captured == null) {
            return;
        }
        boolean marked = Placeholder.unmark(response.getHeaders());
        if (!captured.begin(response)) {
            return;
        }
        Exchange exchange = captured.exchange();
        Hit hit = exchange.hit();
        if (hit != null) {
            serve(captured, hit, response, marked);
        } else if (exchange.isRecording()) {
            noteMethodsResponse(captured, response);
        }
    }

    private static void serve(CapturedExchange captured, Hit hit, ContainerResponseContext response, boolean marked) {
        if (marked && response.hasEntity() && response.getEntity() != hit.body()) {
            AddedFields.withdrawTag(captured, response.getHeaders()); // an interceptor set another entity
            response.getHeaders().remove("Age");
        } else if (marked || isPlaceholder(captured, response)) {
            if (!marked) {
                response.setStatus(hit.status());
                putFields(hit, response);
            }
            if (!marked || !response.hasEntity()) {
                putEntity(captured, hit, response);
            }
            captured.markServed();
            captured.noteEntityAndType(response);
        }
    }

    private static void putEntity(CapturedExchange captured, Hit hit, ContainerResponseContext response) {
        MediaType type = ContentTypes.parsed(hit.fields().first(HttpHeaders.CONTENT_TYPE));
        if (hit.body().length > 0 || type != null) {
            // any type that all servers can write: it is the BodyInterceptor that writes the bytes
            response.setEntity(hit.body(), Resteasy.annotations(captured.placeholder(), response), type);
        } else {
            response.setEntity(null); // the placeholder of a primitive type is an entity
        }
    }

    private static boolean isPlaceholder(CapturedExchange captured, ContainerResponseContext response) {
        return !captured.exchange().call().hasFailed()
                && captured.placeholder().isResponseOf(response.getStatus(), response.getEntity());
    }

    private static void putFields(Hit hit, ContainerResponseContext response) {
        var headers = response.getHeaders();
        if (!headers.isEmpty()) {
            hit.fields().forEach((name, value) -> headers.remove(name));
        }
        hit.fields().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                headers.add(name, value);
            }
        });
    }

    private static void noteMethodsResponse(CapturedExchange captured, ContainerResponseContext response) {
        Exchange exchange = captured.exchange();
        captured.noteEntityAndType(response);
        Reason reason = captured.servlet().isContentSet() ? Reason.MEDIA_TYPE : whyNotOfMethod(exchange, response);
        if (reason != null) {
            captured.responses().discard(exchange, reason);
            return;
        }
        try {
            abandonOnAsyncComplete(captured);
            captured.responses()
                    .noteHead(
                            exchange,
                            response.getStatus(),
                            fieldsOfMethod(captured, response),
                            captured.servlet().isCookieSet());
            String vary = exchange.vary();
            if (vary != null) {
                response.getHeaders().putSingle(HttpHeaders.VARY, vary);
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A response of " + exchange.resource().keyRoot() + " is not stored",
                    e);
            captured.responses().discard(exchange, Reason.BACKEND);
        }
    }

    /**
     * Abandons an asynchronous exchange when its request completes, since no writer may be called if another filter throws.
     * If the request is not asynchronous, the end of its CDI context does the same.
     */
    private static void abandonOnAsyncComplete(CapturedExchange captured) {
        ServletExchange servlet = captured.servlet().exchange();
        if (servlet != null && captured.exchange().call().isDetached()) {
            servlet.onAsyncComplete(captured.exchange()::abandon);
        }
    }

    /** Why a response is not that of the resource method; null if it is. */
    private static @Nullable Reason whyNotOfMethod(Exchange exchange, ContainerResponseContext response) {
        if (exchange.call().isSuspended()) {
            return Reason.INCOMPLETE; // the server's response after a timeout
        }
        if (exchange.call().hasFailed()) {
            return Reason.EXCEPTION;
        }
        Origin origin = exchange.call().origin();
        if (origin != null) {
            return origin.isEntity(ResourceMethods.unwrapped(response.getEntity()))
                            && origin.isStatus(response.getStatus())
                    ? null
                    : Reason.ENTITY_REPLACED;
        }
        if (exchange.call().hasReturned()) {
            return Reason.ENTITY_REPLACED; // an interceptor did not wait for the method's stage
        }
        if (exchange.call().isDetached() && response.getClass().getName().startsWith("org.apache.cxf.")) {
            return Reason.EXCEPTION; // CXF keeps the method's annotations on the response of an exception mapper
        }
        boolean mayBeOfMethod = (isOfMethod(response)
                        || (exchange.call().isDetached() && Resteasy.isAsyncResponse(response)))
                && ResourceMethods.canReturn(exchange.resource().policy().method(), response.getEntity());
        return mayBeOfMethod ? null : Reason.EXCEPTION;
    }

    /** Whether the entity has the annotations of the resource method, which servers add to what that method returns. */
    private static boolean isOfMethod(ContainerResponseContext response) {
        Annotation[] annotations = response.getEntityAnnotations();
        return !response.hasEntity()
                || (annotations != null && Arrays.stream(annotations).anyMatch(one -> one instanceof GET));
    }

    /**
     * The fields that the resource method set. If Larder's interceptor saw what it returned, these are the fields of that, and
     * not those that others added to the response. Two changes by servers are included: the {@code Vary} for
     * {@code Request.selectVariant}, and absolute locations.
     */
    private static Fields fieldsOfMethod(CapturedExchange captured, ContainerResponseContext response) {
        Fields all = Fields.of(response.getStringHeaders());
        Origin origin = captured.exchange().call().origin();
        Fields own =
                origin == null ? all : origin.fields().with(all.without(name -> !isOfServer(name, origin.fields())));
        return own.plus(captured.servlet().fields()); // servers send the fields of both
    }

    private static boolean isOfServer(String lowerCaseName, Fields own) {
        return lowerCaseName.equals("vary")
                || (own.contains(lowerCaseName)
                        && (lowerCaseName.equals("location") || lowerCaseName.equals("content-location")));
    }
}
