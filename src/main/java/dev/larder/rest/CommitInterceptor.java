package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The outermost interceptor around the writing of a body, outside every content coding: the first byte that gets past it
 * commits the header fields. Holds a recorded response back until these are known, and stores it once it is sent. A part
 * of a stored response goes past the others: their coding would be that of the part, and not that of the whole.
 */
public final class CommitInterceptor extends ServletAware implements WriterInterceptor {

    /**
     * Makes it.
     *
     * @param feature the feature that registers it
     */
    public CommitInterceptor(ServletAware feature) {
        super(feature);
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Captured captured = (Captured) context.getProperty(Captured.PROPERTY);
        Exchange exchange = captured == null ? null : captured.exchange();
        Hit hit = exchange == null ? null : exchange.hit();
        if (hit != null && hit.status() == 206 && hit.body() != null) {
            context.getOutputStream().write(hit.body(), hit.offset(), hit.length());
        } else if (captured != null && exchange != null && exchange.isRecording()) {
            hold(context, captured, exchange);
        } else {
            context.proceed();
        }
    }

    private void hold(WriterInterceptorContext context, Captured captured, Exchange exchange) throws IOException {
        OutputStream target = context.getOutputStream();
        BodyRecorder held = new BodyRecorder(target, Integer.MAX_VALUE, exchange::isRecording, () -> {});
        context.setOutputStream(held);
        try {
            context.proceed();
            if (!exchange.isNotModified() || !notModified(context, exchange)) {
                held.release();
            }
            captured.responses().written(exchange);
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
