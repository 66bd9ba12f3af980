package dev.larder.rest;

import dev.larder.response.Hit;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is answered on a hit in place of what the resource method returns: the empty value of its return type. The
 * stored response replaces it before other response filters see it. A {@code Response} has the stored status and
 * fields, so that interceptors see and change them as on a miss. It carries the hit as a mark, in a field that is
 * removed before other response filters see it.
 *
 * @param stage whether the value comes in a stage
 * @param valueType the class of the value itself
 * @param constrained whether the return value has constraints, which the empty value may violate
 * @param annotations the annotations that filters see on the entity
 */
public record EmptyAnswer(boolean stage, Class<?> valueType, boolean constrained, List<Annotation> annotations) {

    private static final String MARK = "dev.larder.hit";
    private static final Annotation[] NONE = {};
    private static final Set<Class<?>> NOTHING_SAID = Set.of(void.class, Object.class, Optional.class);

    /** The empty answer of a method of a class. */
    public static EmptyAnswer of(Class<?> type, Method method) {
        boolean stage = CompletionStage.class.isAssignableFrom(method.getReturnType());
        Method annotated = ResourceMethods.annotated(type, method);
        return new EmptyAnswer(
                stage,
                stage ? valueType(method) : method.getReturnType(),
                ReturnConstraints.areOn(type, method),
                List.of((annotated == null ? method : annotated).getAnnotations()));
    }

    private static Class<?> valueType(Method method) {
        Type value = method.getGenericReturnType() instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()[0]
                : Object.class;
        Type raw = value instanceof ParameterizedType generic ? generic.getRawType() : value;
        return raw instanceof Class<?> known ? known : Object.class;
    }

    /**
     * The class by which servers choose the writer of an entity: the declared class if it is specific, else the class
     * of the entity.
     */
    Class<?> typeOf(Object entity) {
        boolean says = !isMarked() && !NOTHING_SAID.contains(valueType);
        return says ? valueType : entity.getClass();
    }

    /** Whether the answer may come on another thread: in a stage, or by resuming a suspended call. */
    boolean mayComeLater() {
        return stage || valueType == void.class;
    }

    /** The empty value in place of a hit. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is the empty value
    public @Nullable Object inPlaceOf(Hit hit) {
        Object value = isMarked() ? response(hit) : value();
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

    /** Whether the empty value is a response, which carries a mark. */
    private boolean isMarked() {
        return ResourceMethods.isResponse(valueType);
    }

    private static Response response(Hit hit) {
        Response.ResponseBuilder response = Response.status(hit.status());
        hit.fields().forEach((name, value) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.header(name, value);
            }
        });
        return response.header(MARK, hit).build();
    }

    /** The stored response, for callers after which no interceptor runs before the first response filter. */
    public static Response stored(Hit hit) {
        return filled(response(hit), hit, NONE);
    }

    /** The same in place of a call, after which the server would add the method's annotations. */
    Response storedEarly(Hit hit) {
        return filled(response(hit), hit, entityAnnotations());
    }

    /**
     * What the server gets after all interceptors: the stored response in place of an empty one, and any other answer
     * unchanged.
     */
    public @Nullable Object passed(@Nullable Object answer, Hit hit) {
        if (constrained && Objects.equals(answer, value()) && hit.body().length > 0) {
            throw new ServedException(stored(hit));
        }
        return answer instanceof Response response && response.getHeaders().containsKey(MARK) && !response.hasEntity()
                ? filled(response, hit, NONE)
                : answer;
    }

    private static Response filled(Response empty, Hit hit, Annotation[] annotations) {
        MediaType said = empty.getMediaType();
        MediaType type = said == null ? ContentTypes.parsed(hit.fields().first(HttpHeaders.CONTENT_TYPE)) : said;
        return hit.body().length == 0 && type == null
                ? empty
                : Response.fromResponse(empty)
                        .entity(hit.body(), annotations)
                        .type(type)
                        .build();
    }

    /** The annotations that filters see on the entity, as on a miss. */
    Annotation[] entityAnnotations() {
        return annotations.toArray(Annotation[]::new);
    }

    /** Takes the mark off a response; false if it had none. */
    static boolean unmark(MultivaluedMap<String, Object> headers) {
        return headers.remove(MARK) != null;
    }

    /** Whether a response without a mark is what a server makes of the empty value. */
    boolean isMadeOf(int status, @Nullable Object entity) {
        return !isMarked() && (status == 200 || status == 204) && (entity == null || entity.equals(value()));
    }
}
