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
 * The outermost interceptor around the writing of a body, outside every content coding: the first byte that gets past
 * it commits the header fields. Holds a recorded response back until these are known, and stores it once it is sent.
 * Holds back a hit that may be sent as a 304, 412 or 206, until all other interceptors have written the whole.
 */
@Priority(Integer.MIN_VALUE)
public final class CommitInterceptor implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Captured captured = (Captured) context.getProperty(Captured.PROPERTY);
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
            hold(context, captured, exchange);
        } else {
            context.proceed();
        }
    }

    /** Holds everything back until the stored bytes are written, since the header fields depend on whether they are. */
    private static void serve(WriterInterceptorContext context, Captured captured, Hit hit) throws IOException {
        OutputStream target = context.getOutputStream();
        Ending ending = captured.isStatusOf(hit) ? hit.ending() : null;
        BodyRecorder held = new BodyRecorder(
                target, Integer.MAX_VALUE, () -> ending != null || !captured.isBodyWritten(), () -> {});
        context.setOutputStream(held);
        captured.holdBack(held, ending);
        try {
            context.proceed();
            if (ending != null && captured.maySend(ending)) {
                Endings.apply(captured, ending, context.getHeaders());
                target.write(hit.body(), ending.offset(), ending.length());
                return;
            }
            if (!captured.isBodyWritten() || !captured.isStatusOf(hit)) {
                OwnFields.withdrawTag(captured, context.getHeaders()); // an interceptor wrote something else
            }
            held.release();
        } finally {
            context.setOutputStream(target);
        }
    }

    private static void hold(WriterInterceptorContext context, Captured captured, Exchange exchange)
            throws IOException {
        OutputStream target = context.getOutputStream();
        BodyRecorder held = new BodyRecorder(target, Integer.MAX_VALUE, exchange::isRecording, () -> {});
        context.setOutputStream(held);
        boolean written = false;
        try {
            context.proceed();
            if (captured.mayBeNotModified()) {
                Endings.notModified(captured, context.getHeaders());
            } else {
                held.release();
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
