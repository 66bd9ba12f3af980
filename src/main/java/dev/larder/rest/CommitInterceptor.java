package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.Hit.Ending;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The outermost writer interceptor, outside every content coding: the first byte that passes it commits the header fields.
 * Buffers a recorded response until its fields are final, and stores it once it is sent. Buffers a hit that may become a
 * 304, 412 or 206 until all other interceptors have written the whole.
 */
@Priority(Integer.MIN_VALUE)
final class CommitInterceptor implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        CapturedExchange captured = (CapturedExchange) context.getProperty(CapturedExchange.PROPERTY);
        if (captured == null) {
            context.proceed();
            return;
        }
        captured.noteTypeIfAbsent(context.getMediaType());
        Exchange exchange = captured.exchange();
        Hit hit = captured.hit(context.getEntity());
        if (hit != null) {
            serve(context, captured, hit);
        } else if (exchange.isRecording()) {
            record(context, captured, exchange);
        } else {
            context.proceed();
        }
    }

    /** Buffers everything until the stored bytes are written, since the header fields depend on whether they are. */
    private static void serve(WriterInterceptorContext context, CapturedExchange captured, Hit hit) throws IOException {
        OutputStream target = context.getOutputStream();
        Ending ending = captured.isStatusOf(hit) ? hit.ending() : null;
        BodyBuffer buffer =
                new BodyBuffer(target, Integer.MAX_VALUE, () -> ending != null || !captured.isBodyWritten(), () -> {});
        context.setOutputStream(buffer);
        captured.noteBuffer(buffer, ending);
        try {
            context.proceed();
            if (ending != null && captured.maySend(ending)) {
                StatusChange.apply(captured, ending, context.getHeaders());
                target.write(hit.body(), ending.offset(), ending.length());
                return;
            }
            if (!captured.isBodyWritten() || !captured.isStatusOf(hit)) {
                AddedFields.withdrawTag(captured, context.getHeaders()); // an interceptor wrote another body
            }
            buffer.release();
        } finally {
            context.setOutputStream(target);
        }
    }

    private static void record(WriterInterceptorContext context, CapturedExchange captured, Exchange exchange)
            throws IOException {
        OutputStream target = context.getOutputStream();
        BodyBuffer buffer = new BodyBuffer(target, Integer.MAX_VALUE, exchange::isRecording, () -> {});
        context.setOutputStream(buffer);
        boolean written = false;
        try {
            context.proceed();
            if (captured.mayBeNotModified()) {
                StatusChange.notModified(captured, context.getHeaders());
            } else {
                buffer.release();
            }
            written = true;
            captured.responses().noteWritten(exchange);
        } finally {
            context.setOutputStream(target);
            if (!written) {
                captured.responses().discard(exchange, Reason.INCOMPLETE);
            }
        }
    }
}
