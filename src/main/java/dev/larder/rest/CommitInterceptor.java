package dev.larder.rest;

import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.Hit.Ending;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The outermost interceptor around the writing of a body, outside every content coding: the first byte that gets past it
 * commits the header fields. Holds a recorded response back until these are known, and stores it once it is sent. Holds a hit
 * back whose condition or range may end as a 304, 412 or 206, until all others have written the whole.
 */
public final class CommitInterceptor implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Captured captured = (Captured) context.getProperty(Captured.PROPERTY);
        if (captured == null) {
            context.proceed();
            return;
        }
        captured.noteChosen(context.getMediaType());
        Exchange exchange = captured.exchange();
        Ending ending = ending(captured, context.getEntity());
        if (ending != null) {
            end(context, captured, ending);
        } else if (exchange.isRecording()) {
            hold(context, captured, exchange);
        } else {
            context.proceed();
        }
    }

    /** What a hit ends as if nobody touches it from here on; null: as a whole. */
    private static @Nullable Ending ending(Captured captured, @Nullable Object entity) {
        Hit hit = captured.hit(entity);
        var response = captured.response();
        return hit == null || response == null || response.getStatus() != hit.status() ? null : hit.ending();
    }

    private static void end(WriterInterceptorContext context, Captured captured, Ending ending) throws IOException {
        OutputStream target = context.getOutputStream();
        BodyRecorder held = new BodyRecorder(target, Integer.MAX_VALUE, () -> true, () -> {});
        context.setOutputStream(held);
        captured.holdBack(held);
        try {
            context.proceed();
            Hit hit = captured.exchange().hit();
            if (hit == null || !captured.mayEnd(ending)) {
                held.release();
                return;
            }
            Endings.apply(captured, ending, context.getHeaders());
            target.write(hit.body(), ending.offset(), ending.length());
        } finally {
            context.setOutputStream(target);
        }
    }

    private static void hold(WriterInterceptorContext context, Captured captured, Exchange exchange)
            throws IOException {
        OutputStream target = context.getOutputStream();
        BodyRecorder held = new BodyRecorder(target, Integer.MAX_VALUE, exchange::isRecording, () -> {});
        context.setOutputStream(held);
        try {
            context.proceed();
            if (captured.mayBeNotModified()) {
                Endings.notModified(captured, context.getHeaders());
            } else {
                held.release();
            }
            captured.responses().written(exchange);
        } finally {
            context.setOutputStream(target);
            captured.responses().failed(exchange, Reason.INCOMPLETE); // unless it was written
        }
    }
}
