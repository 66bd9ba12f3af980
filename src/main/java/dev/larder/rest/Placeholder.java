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
 * What the interceptor returns on a hit in place of the resource method: the empty value of the return type. The stored
 * response replaces it before other response filters run. A {@code Response} has the stored status and fields, so that
 * interceptors see and change them as on a miss. It is marked by a field that holds the hit, which is removed before other
 * response filters run.
 *
 * @param stage whether the method returns a stage of the value
 * @param valueType the class of the value itself
 * @param constrained whether the return value has constraints, which the empty value may violate
 * @param annotations the annotations that filters see on the entity
 */
public record Placeholder(boolean stage, Class<?> valueType, boolean constrained, List<Annotation> annotations) {

    private static final String MARK = "dev.larder.hit";
    private static final Annotation[] NONE = {};
    private static final Set<Class<?>> UNSPECIFIC = Set.of(void.class, Object.class, Optional.class);

    /** The placeholder of a method of a class. */
    public static Placeholder of(Class<?> type, Method method) {
        boolean stage = CompletionStage.class.isAssignableFrom(method.getReturnType());
        Method annotated = ResourceMethods.annotated(type, method);
        return new Placeholder(
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
        return raw instanceof Class<?> declared ? declared : Object.class;
    }

    /**
     * The class by which servers choose the writer of an entity: the declared class if it is specific, else the class
     * of the entity.
     */
    Class<?> typeOf(Object entity) {
        boolean specific = !isMarked() && !UNSPECIFIC.contains(valueType);
        return specific ? valueType : entity.getClass();
    }

    /** Whether the method may respond on another thread: by a stage, or by resuming a suspended response. */
    boolean isAsync() {
        return stage || valueType == void.class;
    }

    /** The value to return on a hit. */
    @SuppressWarnings("FutureReturnValueIgnored") // the value is a stage
    public @Nullable Object forHit(Hit hit) {
        Object value = isMarked() ? response(hit) : value();
        return stage ? CompletableFuture.completedFuture(value) : value; // WildFly fails if a stage is null
    }

    private @Nullable Object value() {
        if (valueType == Optional.class) {
            return Optional.empty();
        }
        return valueType.isPrimitive() && valueType != void.class
                ? Array.get(Array.newInstance(valueType, 1), 0)
                : null;
    }

    /** Whether the placeholder is a response, which has the mark. */
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

    /** The stored response itself, where no interceptor runs between the caller and the first response filter. */
    public static Response stored(Hit hit) {
        return filled(response(hit), hit, NONE);
    }

    /** The same, if the method is not called, so that the server does not add its annotations. */
    Response storedWithAnnotations(Hit hit) {
        return filled(response(hit), hit, entityAnnotations());
    }

    /**
     * What to return to the server after all interceptors: the stored response if they returned the placeholder, else what
     * they returned.
     *
     * @throws RuntimeException a {@link StoredResponseException} in place of a value that would violate constraints
     */
    public @Nullable Object replaced(@Nullable Object returned, Hit hit) {
        if (constrained && Objects.equals(returned, value()) && hit.body().length > 0) {
            throw new StoredResponseException(stored(hit));
        }
        return returned instanceof Response response && response.getHeaders().containsKey(MARK) && !response.hasEntity()
                ? filled(response, hit, NONE)
                : returned;
    }

    private static Response filled(Response empty, Hit hit, Annotation[] annotations) {
        MediaType set = empty.getMediaType();
        MediaType type = set == null ? ContentTypes.parsed(hit.fields().first(HttpHeaders.CONTENT_TYPE)) : set;
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

    /** Removes the mark from a response; false if it had none. */
    static boolean unmark(MultivaluedMap<String, Object> headers) {
        return headers.remove(MARK) != null;
    }

    /** Whether a response without a mark is what a server creates from the placeholder. */
    boolean isResponseOf(int status, @Nullable Object entity) {
        return !isMarked() && (status == 200 || status == 204) && (entity == null || entity.equals(value()));
    }
}
