package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.response.Origin;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the annotations of Jakarta REST say of a method, inherited as its specification says (§3.6). */
public final class ResourceMethods {

    /** Return types that are not the entity's own. */
    private static final List<Class<?>> WRAPPING =
            List.of(Response.class, GenericEntity.class, CompletionStage.class, Optional.class);

    private ResourceMethods() {}

    /** The HTTP method that a method answers, or null if it is no resource method. */
    public static @Nullable String httpMethod(Class<?> type, Method method) {
        Method annotated = annotated(type, method);
        if (annotated == null) {
            return null;
        }
        for (Annotation annotation : annotated.getAnnotations()) {
            HttpMethod designator = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (designator != null) {
                return designator.value();
            }
        }
        return null;
    }

    /** Whether a class is a resource class or could be a sub-resource's. */
    public static boolean isResource(Class<?> type) {
        if (inherits(type, Path.class)) {
            return true;
        }
        for (Method method : type.getMethods()) {
            if (annotated(type, method) != null) {
                return true;
            }
        }
        return false;
    }

    /** The media types that a method says it produces; empty if it leaves that to the client and the writers. */
    public static List<String> produced(Class<?> type, Method method) {
        Method annotated = annotated(type, method);
        Produces produces = annotated == null ? null : annotated.getAnnotation(Produces.class);
        if (produces == null) {
            produces = inherited(type, Produces.class);
        }
        return produces == null
                ? List.of()
                : List.of(String.join(",", produces.value()).trim().split("\\s*,\\s*", -1));
    }

    /** Whether a request's Accept decides which method of a class answers: another one has the same path and other types. */
    public static boolean isOneOfSeveral(Class<?> type, Method method) {
        for (Method other : type.getMethods()) {
            if (!other.isBridge()
                    && "GET".equals(httpMethod(type, other))
                    && path(type, other).equals(path(type, method))
                    && !produced(type, other).equals(produced(type, method))) {
                return true;
            }
        }
        return false;
    }

    private static String path(Class<?> type, Method method) {
        Method annotated = annotated(type, method);
        Path path = annotated == null ? null : annotated.getAnnotation(Path.class);
        return path == null ? "" : path.value().replaceAll("^/|/$", "").replaceAll("\\{[^/]*}", "{}");
    }

    /** Whether a type is the declared return type of methods that build their own response. */
    public static boolean isResponse(Class<?> type) {
        return Response.class.isAssignableFrom(type);
    }

    /** Whether a method resumes its response later. */
    public static boolean isSuspended(Method method) {
        return Arrays.asList(method.getParameterTypes()).contains(AsyncResponse.class);
    }

    /** Whether a parameter of a method gets the body of the request (Jakarta REST §3.3.2.1). */
    public static boolean readsBody(Class<?> type, Method method) {
        Method annotated = annotated(type, method);
        if (annotated != null) {
            for (Annotation[] ofParameter : annotated.getParameterAnnotations()) {
                if (!giveOther(ofParameter)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an annotation gives a parameter something else. */
    private static boolean giveOther(Annotation[] ofParameter) {
        for (Annotation annotation : ofParameter) {
            Class<?> type = annotation.annotationType();
            if (type == Context.class
                    || type == Suspended.class
                    || (type.getPackageName().equals("jakarta.ws.rs")
                            && type.getSimpleName().endsWith("Param"))) {
                return true;
            }
        }
        return false;
    }

    /** What a resource method itself answered, before an interceptor or filter could change it. */
    public static Origin origin(@Nullable Object answer) {
        return answer instanceof Response response
                ? new Origin(
                        Captured.unwrapped(response.getEntity()),
                        response.getStatus(),
                        Fields.of(response.getStringHeaders()))
                : new Origin(Captured.unwrapped(answer), 0, Fields.EMPTY);
    }

    /** Whether an entity can be what a method returned; false: an exception mapper made it. */
    static boolean canReturn(Method method, @Nullable Object entity) {
        Class<?> type = method.getReturnType();
        if (type == void.class
                || type == Object.class
                || WRAPPING.stream().anyMatch(wrapper -> wrapper.isAssignableFrom(type))) {
            return true;
        }
        return MethodType.methodType(type).wrap().returnType().isInstance(entity);
    }

    /** The method itself, or the overridden one, that carries the annotations; null if none does. */
    static @Nullable Method annotated(Class<?> type, Method method) {
        if (isAnnotated(method)) {
            return method;
        }
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            return null;
        }
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            Method found = declared(above, method);
            if (found != null) {
                return found;
            }
        }
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            Method found = inInterfaces(above, method);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Method inInterfaces(Class<?> type, Method method) {
        for (Class<?> contract : type.getInterfaces()) {
            Method found = declared(contract, method);
            Method deeper = found != null ? found : inInterfaces(contract, method);
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, Method like) {
        try {
            Method declared = type.getDeclaredMethod(like.getName(), like.getParameterTypes());
            return isAnnotated(declared) ? declared : null;
        } catch (NoSuchMethodException e) {
            for (Method declared : type.getDeclaredMethods()) {
                if (isAnnotated(declared) && isGenericFormOf(declared, like)) {
                    return declared;
                }
            }
            return null;
        }
    }

    /**
     * Whether another method may override this one: their parameters differ only where the declared type is a type
     * variable.
     */
    private static boolean isGenericFormOf(Method declared, Method other) {
        Class<?>[] types = declared.getParameterTypes();
        Class<?>[] others = other.getParameterTypes();
        if (!declared.getName().equals(other.getName()) || types.length != others.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            boolean variable = declared.getGenericParameterTypes()[i] instanceof TypeVariable;
            if (variable ? !types[i].isAssignableFrom(others[i]) : types[i] != others[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAnnotated(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            if (type == Path.class || type.isAnnotationPresent(HttpMethod.class)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inherits(Class<?> type, Class<? extends Annotation> annotation) {
        return inherited(type, annotation) != null;
    }

    private static <A extends Annotation> @Nullable A inherited(Class<?> type, Class<A> annotation) {
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            A found = of(above, annotation);
            if (found != null) {
                return found;
            }
        }
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            for (Class<?> contract : above.getInterfaces()) {
                A found = inherited(contract, annotation);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static <A extends Annotation> @Nullable A of(AnnotatedElement element, Class<A> annotation) {
        return element.getDeclaredAnnotation(annotation);
    }
}
