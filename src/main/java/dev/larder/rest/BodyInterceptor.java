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
 * The innermost writer interceptor, inside every content coding: on a hit, writes the stored bytes; on a miss, records what
 * the {@code MessageBodyWriter} writes. Does neither if another interceptor replaced the entity.
 */
@Priority(Integer.MAX_VALUE)
final class BodyInterceptor implements WriterInterceptor {

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        CapturedExchange captured = (CapturedExchange) context.getProperty(CapturedExchange.PROPERTY);
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
            prepareForReplacedEntity(context, captured);
            context.proceed();
        }
    }

    private static boolean isOwn(WriterInterceptorContext context, CapturedExchange captured) {
        return captured.isOwnEntity(context.getEntity())
                && ContentTypes.areWrittenAlike(captured.type(), context.getMediaType());
    }

    /** Prepares for an entity that another interceptor set in place of the stored bytes. */
    private static void prepareForReplacedEntity(WriterInterceptorContext context, CapturedExchange captured) {
        Object entity = context.getEntity();
        if (captured.isServed() && entity != null) {
            AddedFields.withdrawTag(captured, context.getHeaders());
            if (context.getType() == byte[].class && !(entity instanceof byte[])) {
                // an interceptor need not set the type, since on a miss it is that of the method's entity
                Class<?> type = captured.placeholder().typeOf(entity);
                context.setType(type);
                context.setGenericType(type);
            }
        }
    }

    /**
     * Writes the stored bytes without a {@code MessageBodyWriter}: one of the application might take every entity of this
     * media type.
     */
    private static void write(WriterInterceptorContext context, CapturedExchange captured, Hit hit) throws IOException {
        String stored = hit.fields().first(HttpHeaders.CONTENT_TYPE);
        MediaType type = context.getMediaType();
        if (stored != null && type != null && type.equals(captured.type()) && !stored.equals(type.toString())) {
            context.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, stored); // exactly as stored
        }
        OutputStream target = context.getOutputStream();
        captured.noteBodyTarget(target);
        target.write(hit.body(), 0, hit.body().length);
    }

    private static void record(WriterInterceptorContext context, CapturedExchange captured) throws IOException {
        Exchange exchange = captured.exchange();
        OutputStream target = context.getOutputStream();
        BodyBuffer recorder =
                new BodyBuffer(target, exchange.resource().policy().maxBodyBytes(), () -> true, () -> {
                    captured.responses().discard(exchange, Reason.BODY_SIZE);
                    AddedFields.add(captured, context.getHeaders());
                });
        context.setOutputStream(recorder);
        Map<String, List<Object>> before = new LinkedHashMap<>(context.getHeaders());
        before.replaceAll((name, values) -> new ArrayList<>(values)); // a filter may have added null
        context.proceed();
        context.setOutputStream(target);
        byte[] body = recorder.body();
        if (body != null) {
            Fields ofWriter = changed(before, context.getHeaders());
            captured.responses()
                    .noteBody(
                            exchange,
                            body,
                            contentType(context, captured, ofWriter),
                            ofWriter,
                            captured.servlet().isCookieSet());
            AddedFields.add(captured, context.getHeaders());
            target.write(body);
        }
    }

    /** The Content-Type that the writer set, else the media type that the response had before the filters. */
    private static @Nullable String contentType(
            WriterInterceptorContext context, CapturedExchange captured, Fields fields) {
        String ofWriter = fields.first(HttpHeaders.CONTENT_TYPE);
        if (ofWriter != null) {
            return ofWriter;
        }
        MediaType type = captured.type() == null ? context.getMediaType() : captured.type();
        return type == null ? null : type.toString();
    }

    /** The fields that the writer set, which describe the entity. */
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
