package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The innermost interceptor around the writing of a body, inside every content coding: writes a hit's bytes, or records
 * those that the resource's writer writes.
 */
public final class BodyInterceptor extends ServletAware implements WriterInterceptor {

    /**
     * Makes it.
     *
     * @param feature the feature that registers it
     */
    public BodyInterceptor(ServletAware feature) {
        super(feature);
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Captured captured = (Captured) context.getProperty(Captured.PROPERTY);
        if (captured == null) {
            context.proceed();
            return;
        }
        Exchange exchange = captured.exchange();
        Hit hit = exchange.hit();
        if (hit != null && hit.body() != null) {
            // not left to a MessageBodyWriter: the application's own might take any entity of this media type
            context.getOutputStream().write(hit.body(), hit.offset(), hit.length());
        } else if (exchange.isRecording()) {
            record(context, captured);
        } else {
            context.proceed();
        }
    }

    private void record(WriterInterceptorContext context, Captured captured) throws IOException {
        Exchange exchange = captured.exchange();
        OutputStream target = context.getOutputStream();
        BodyRecorder recorder =
                new BodyRecorder(target, exchange.resource().method().maxBodyBytes(), () -> {
                    captured.responses().failed(exchange, Reason.BODY_SIZE);
                    OwnFields.add(exchange, context.getHeaders());
                });
        context.setOutputStream(recorder);
        try {
            context.proceed();
            byte[] body = recorder.recorded();
            if (body != null) {
                MediaType type = context.getMediaType();
                captured.responses().made(exchange, body, type == null ? null : type.toString());
                OwnFields.add(exchange, context.getHeaders());
                if (!exchange.isNotModified() || !notModified(context, exchange)) {
                    target.write(body);
                }
                captured.responses().written(exchange);
            }
        } finally {
            context.setOutputStream(target);
            captured.responses().failed(exchange, Reason.INCOMPLETE); // unless it was written
        }
    }

    /** Makes a 304 of a response whose body is not written yet; false if this server does not let us. */
    private boolean notModified(WriterInterceptorContext context, Exchange exchange) {
        if (!(context.getProperty(EntityFilter.RESPONSE) instanceof ContainerResponseContext response)) {
            return false;
        }
        response.setStatus(304); // which RESTEasy has told the servlet API already
        ServletExchange servlet = servlet();
        if (servlet != null) {
            servlet.response().setStatus(304);
        }
        MultivaluedMap<String, Object> headers = context.getHeaders();
        // one by one, since the key set of CXF's map is a copy
        List.copyOf(headers.keySet()).stream().filter(exchange::isOnlyInFull).forEach(headers::remove);
        return true;
    }
}
