package dev.larder.rest;

import dev.larder.http.Fields;
import dev.larder.reflect.Hierarchy;
import dev.larder.response.Origin;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads the Jakarta REST annotations of a method, which it may inherit (Jakarta REST §3.6). */
public final class ResourceMethods {

    /** Return types that wrap the entity. */
    private static final List<Class<?>> WRAPPERS =
            List.of(Response.class, GenericEntity.class, CompletionStage.class, Optional.class);

    private ResourceMethods() {}

    /** The HTTP method of a resource method; null if it is none. */
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

    /** The media types that a method declares to produce; empty if the client and the writers decide. */
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

    /** Whether another GET method has the same path but produces other types, so that {@code Accept} selects the method. */
    public static boolean isSelectedByAccept(Class<?> type, Method method) {
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

    /** Whether a return type is that of methods that build their own response. */
    public static boolean isResponse(Class<?> type) {
        return Response.class.isAssignableFrom(type);
    }

    /** Whether a parameter of a method receives the body of the request (Jakarta REST §3.3.2.1). */
    public static boolean readsBody(Class<?> type, Method method) {
        Method annotated = annotated(type, method);
        if (annotated != null) {
            for (Annotation[] ofParameter : annotated.getParameterAnnotations()) {
                if (isBody(ofParameter)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a parameter of a resource method with these annotations receives the body. */
    static boolean isBody(Annotation[] ofParameter) {
        for (Annotation annotation : ofParameter) {
            Class<?> type = annotation.annotationType();
            if (type == Context.class
                    || type == Suspended.class
                    || (type.getPackageName().equals("jakarta.ws.rs")
                            && type.getSimpleName().endsWith("Param"))) {
                return false;
            }
        }
        return true;
    }

    /** The response of a resource method itself, before an interceptor or filter changes it. */
    public static Origin origin(@Nullable Object returned) {
        return returned instanceof Response response
                ? new Origin(
                        unwrapped(response.getEntity()), response.getStatus(), Fields.of(response.getStringHeaders()))
                : new Origin(unwrapped(returned), 0, Fields.EMPTY);
    }

    /** The entity inside a {@code GenericEntity} or {@code Optional}, which servers show in some cases only. */
    static @Nullable Object unwrapped(@Nullable Object entity) {
        Object inside = entity instanceof GenericEntity<?> generic ? generic.getEntity() : entity;
        return inside instanceof Optional<?> optional ? optional.orElse(null) : inside;
    }

    /** Whether a method can have returned an entity; if not, it is that of an exception mapper. */
    static boolean canReturn(Method method, @Nullable Object entity) {
        Class<?> type = method.getReturnType();
        if (type == void.class
                || type == Object.class
                || WRAPPERS.stream().anyMatch(wrapper -> wrapper.isAssignableFrom(type))) {
            return true;
        }
        return MethodType.methodType(type).wrap().returnType().isInstance(entity);
    }

    /** The method that has the annotations: the method itself or one that it overrides; null if none has. */
    static @Nullable Method annotated(Class<?> type, Method method) {
        if (isAnnotated(method)) {
            return method;
        }
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            return null;
        }
        for (Class<?> each : Hierarchy.types(type)) {
            Method declared = declared(each, method);
            if (declared != null) {
                return declared;
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
     * Whether another method may override this one: their parameters differ only if the declared type is a type variable.
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

    private static <A extends Annotation> @Nullable A inherited(Class<?> type, Class<A> annotation) {
        for (Class<?> each : Hierarchy.types(type)) {
            A declared = each.getDeclaredAnnotation(annotation);
            if (declared != null) {
                return declared;
            }
        }
        return null;
    }
}
