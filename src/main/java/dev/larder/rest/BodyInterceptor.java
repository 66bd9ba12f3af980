package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
                new BodyRecorder(target, exchange.resource().method().maxBodyBytes(), () -> true, () -> {
                    captured.responses().failed(exchange, Reason.BODY_SIZE);
                    OwnFields.add(exchange, context.getHeaders());
                });
        context.setOutputStream(recorder);
        Map<String, List<Object>> before = new LinkedHashMap<>(context.getHeaders());
        before.replaceAll((name, values) -> List.copyOf(values));
        context.proceed();
        context.setOutputStream(target);
        byte[] body = recorder.recorded();
        if (body != null) {
            MediaType type = context.getMediaType();
            captured.responses()
                    .made(
                            exchange,
                            body,
                            type == null ? null : type.toString(),
                            changed(before, context.getHeaders()),
                            captured.cookies().isCookieSet(servlet()));
            OwnFields.add(exchange, context.getHeaders());
            target.write(body);
        }
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
