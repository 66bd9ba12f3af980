package dev.larder.rest;

import dev.larder.response.Hit;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a resource method seems to answer on a hit: its return type's empty value, whose place the stored response takes in
 * the first response filter. A {@code Response} has the stored status and fields, so that interceptors see and change them
 * as on a miss, and carries the hit as a mark, in a field that never leaves the filters.
 *
 * @param stage whether the value comes in a stage
 * @param valueType the class of the value itself
 */
public record EmptyAnswer(boolean stage, Class<?> valueType) {

    private static final String MARK = "dev.larder.hit";

    /** That of a method. */
    public static EmptyAnswer of(Method method) {
        boolean stage = CompletionStage.class.isAssignableFrom(method.getReturnType());
        return new EmptyAnswer(stage, stage ? valueType(method) : method.getReturnType());
    }

    private static Class<?> valueType(Method method) {
        return method.getGenericReturnType() instanceof ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof Class<?> value
                ? value
                : Object.class;
    }

    /** The empty value in place of a hit. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is the empty value
    public @Nullable Object inPlaceOf(Hit hit) {
        Object value = ResourceMethods.isResponse(valueType) ? response(hit) : value();
        return stage ? CompletableFuture.completedFuture(value) : value; // a raw null is an internal error on WildFly
    }

    private @Nullable Object value() {
        if (valueType == Optional.class) {
            return Optional.empty();
        }
        return valueType.isPrimitive() && valueType != void.class
                ? Array.get(Array.newInstance(valueType, 1), 0)
                : null;
    }

    /** The empty response in place of a hit. */
    public static Response response(Hit hit) {
        Response.ResponseBuilder response = Response.status(hit.status());
        hit.fields().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.header(name, value);
            }
        });
        return response.header(MARK, hit).build();
    }

    /** Takes the mark off a response; false if it had none. */
    static boolean unmark(MultivaluedMap<String, Object> headers) {
        return headers.remove(MARK) != null;
    }

    /** Whether a response that carries no mark is what a server makes of the empty value. */
    boolean isMadeOf(int status, @Nullable Object entity) {
        return (status == 200 || status == 204) && (entity == null || entity.equals(value()));
    }
}
