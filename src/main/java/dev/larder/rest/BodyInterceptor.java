package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The innermost interceptor around the writing of a body, inside every content coding: writes a hit's bytes, or records
 * those that the resource's writer writes. Does nothing with an entity that another interceptor put in their place.
 */
@Priority(Integer.MAX_VALUE)
public final class BodyInterceptor implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Captured captured = (Captured) context.getProperty(Captured.PROPERTY);
        if (captured == null) {
            context.proceed();
            return;
        }
        Exchange exchange = captured.exchange();
        Hit hit = captured.hit(context.getEntity());
        if (hit != null) {
            write(context, captured, hit);
        } else if (exchange.isRecording() && isOwn(context, captured)) {
            record(context, captured);
        } else {
            captured.responses().discard(exchange, Reason.ENTITY_REPLACED);
            prepareForOtherEntity(context, captured);
            context.proceed();
        }
    }

    private static boolean isOwn(WriterInterceptorContext context, Captured captured) {
        return captured.isOwnEntity(context.getEntity())
                && ContentTypes.areWrittenAlike(captured.type(), context.getMediaType());
    }

    /** Lets another interceptor's entity be written in place of the stored bytes. */
    private static void prepareForOtherEntity(WriterInterceptorContext context, Captured captured) {
        Object entity = context.getEntity();
        if (captured.isServed() && entity != null) {
            OwnFields.withdrawTag(captured, context.getHeaders());
            if (context.getType() == byte[].class && !(entity instanceof byte[])) {
                // an interceptor need not set the type: on a miss, the type of the method's entity is there
                Class<?> type = captured.empty().typeOf(entity);
                context.setType(type);
                context.setGenericType(type);
            }
        }
    }

    /**
     * Writes the stored bytes without a MessageBodyWriter: one of the application's might take any entity of this media
     * type.
     */
    private static void write(WriterInterceptorContext context, Captured captured, Hit hit) throws IOException {
        String stored = hit.fields().first(HttpHeaders.CONTENT_TYPE);
        MediaType type = context.getMediaType();
        if (stored != null && type != null && type.equals(captured.type()) && !stored.equals(type.toString())) {
            context.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, stored); // exactly as stored
        }
        OutputStream target = context.getOutputStream();
        captured.noteBodyTarget(target);
        target.write(hit.body(), 0, hit.body().length);
    }

    private static void record(WriterInterceptorContext context, Captured captured) throws IOException {
        Exchange exchange = captured.exchange();
        OutputStream target = context.getOutputStream();
        BodyRecorder recorder =
                new BodyRecorder(target, exchange.resource().policy().maxBodyBytes(), () -> true, () -> {
                    captured.responses().discard(exchange, Reason.BODY_SIZE);
                    OwnFields.add(captured, context.getHeaders());
                });
        context.setOutputStream(recorder);
        Map<String, List<Object>> before = new LinkedHashMap<>(context.getHeaders());
        before.replaceAll((name, values) -> new ArrayList<>(values)); // a filter may have added null
        context.proceed();
        context.setOutputStream(target);
        byte[] body = recorder.recorded();
        if (body != null) {
            Fields said = changed(before, context.getHeaders());
            captured.responses()
                    .noteBody(
                            exchange,
                            body,
                            contentType(context, captured, said),
                            said,
                            captured.servlet().isCookieSet());
            OwnFields.add(captured, context.getHeaders());
            target.write(body);
        }
    }

    /** The Content-Type that the writer set, else the media type that the response had before the filters. */
    private static @Nullable String contentType(WriterInterceptorContext context, Captured captured, Fields said) {
        String ofWriter = said.first(HttpHeaders.CONTENT_TYPE);
        if (ofWriter != null) {
            return ofWriter;
        }
        MediaType type = captured.type() == null ? context.getMediaType() : captured.type();
        return type == null ? null : type.toString();
    }

    /** What the writer said: its fields are the entity's. */
    private static Fields changed(Map<String, List<Object>> before, MultivaluedMap<String, Object> after) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        after.forEach((name, values) -> {
            if (!values.equals(before.get(name))) {
                changed.put(name, values.stream().map(String::valueOf).toList());
            }
        });
        return Fields.of(changed);
    }
}
