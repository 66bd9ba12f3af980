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
 * The first filter on a response. On a hit, replaces the cache's own empty answer, and no other, by the stored
 * response, so that all other filters see it. On a miss, notes what the resource method answered, so that no change by
 * others is stored.
 */
@Priority(Integer.MAX_VALUE)
public final class HeadFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Captured captured = Captured.of(request);
        if (captured == null) {
            return;
        }
        boolean marked = EmptyAnswer.unmark(response.getHeaders());
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

    private static void serve(Captured captured, Hit hit, ContainerResponseContext response, boolean marked) {
        if (marked && response.hasEntity() && response.getEntity() != hit.body()) {
            OwnFields.withdrawTag(captured, response.getHeaders()); // an interceptor set another entity
            response.getHeaders().remove("Age");
        } else if (marked || isEmptyAnswer(captured, response)) {
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

    private static void putEntity(Captured captured, Hit hit, ContainerResponseContext response) {
        MediaType type = ContentTypes.parsed(hit.fields().first(HttpHeaders.CONTENT_TYPE));
        if (hit.body().length > 0 || type != null) {
            // an entity of a type that every server can write; the bytes themselves are written by the BodyInterceptor
            response.setEntity(hit.body(), Resteasy.annotations(captured.empty(), response), type);
        } else {
            response.setEntity(null); // the empty value of a primitive type is an entity
        }
    }

    private static boolean isEmptyAnswer(Captured captured, ContainerResponseContext response) {
        return !captured.exchange().call().hasFailed()
                && captured.empty().isMadeOf(response.getStatus(), response.getEntity());
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

    private static void noteMethodsResponse(Captured captured, ContainerResponseContext response) {
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
     * Abandons an asynchronous exchange when its request completes: if another filter throws, no writer may be called.
     * If the request is not asynchronous, the end of its CDI context does the same.
     */
    private static void abandonOnAsyncComplete(Captured captured) {
        ServletExchange servlet = captured.servlet().exchange();
        if (servlet != null && captured.exchange().call().isDetached()) {
            servlet.onAsyncComplete(captured.exchange()::abandon);
        }
    }

    /** Why a response is not what the resource method answered, null if it is. */
    private static @Nullable Reason whyNotOfMethod(Exchange exchange, ContainerResponseContext response) {
        if (exchange.call().isSuspended()) {
            return Reason.INCOMPLETE; // the server's answer to a suspended call that timed out
        }
        if (exchange.call().hasFailed()) {
            return Reason.EXCEPTION;
        }
        Origin origin = exchange.call().origin();
        if (origin != null) {
            return origin.isEntity(Captured.unwrapped(response.getEntity())) && origin.isStatus(response.getStatus())
                    ? null
                    : Reason.ENTITY_REPLACED;
        }
        if (exchange.call().hasReturned()) {
            return Reason.ENTITY_REPLACED; // by somebody who did not wait for the method's own answer
        }
        if (exchange.call().isDetached() && response.getClass().getName().startsWith("org.apache.cxf.")) {
            return Reason.EXCEPTION; // CXF keeps the method's annotations on the response of an exception mapper
        }
        boolean mayBeOfMethod = (isOfMethod(response)
                        || (exchange.call().isDetached() && Resteasy.isAnsweringLater(response)))
                && ResourceMethods.canReturn(exchange.resource().policy().method(), response.getEntity());
        return mayBeOfMethod ? null : Reason.EXCEPTION;
    }

    /** Whether the server says that the resource method made the entity: it has that method's annotations then. */
    private static boolean isOfMethod(ContainerResponseContext response) {
        Annotation[] annotations = response.getEntityAnnotations();
        return !response.hasEntity()
                || (annotations != null && Arrays.stream(annotations).anyMatch(one -> one instanceof GET));
    }

    /**
     * The fields that the resource method set. If an interceptor saw its answer, these are the fields of that answer,
     * and not those that others added to the response. Two changes by servers are included: the {@code Vary} for
     * {@code Request.selectVariant}, and absolute locations.
     */
    private static Fields fieldsOfMethod(Captured captured, ContainerResponseContext response) {
        Fields all = Fields.of(response.getStringHeaders());
        Origin origin = captured.exchange().call().origin();
        Fields own =
                origin == null ? all : origin.fields().with(all.without(name -> !isOfServer(name, origin.fields())));
        return own.plus(captured.servlet().set()); // servers send the fields of both
    }

    private static boolean isOfServer(String lowerCaseName, Fields own) {
        return lowerCaseName.equals("vary")
                || (own.contains(lowerCaseName)
                        && (lowerCaseName.equals("location") || lowerCaseName.equals("content-location")));
    }
}
