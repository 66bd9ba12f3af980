package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The innermost interceptor around the writing of a body, inside every content coding: writes a hit's bytes, or records
 * those that the resource's writer writes.
 */
public final class BodyInterceptor implements WriterInterceptor {

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

    private static void record(WriterInterceptorContext context, Captured captured) throws IOException {
        Exchange exchange = captured.exchange();
        OutputStream target = context.getOutputStream();
        BoundedTee tee = new BoundedTee(
                target,
                exchange.resource().method().maxBodyBytes(),
                () -> captured.responses().failed(exchange, Reason.BODY_SIZE));
        context.setOutputStream(tee);
        boolean complete = false;
        try {
            context.proceed();
            complete = true;
        } finally {
            context.setOutputStream(target);
            if (!complete) {
                captured.responses().failed(exchange, Reason.INCOMPLETE);
            }
        }
        byte[] body = tee.recorded();
        MediaType type = context.getMediaType();
        if (body != null) {
            captured.responses().written(exchange, body, type == null ? null : type.toString());
        }
    }
}
