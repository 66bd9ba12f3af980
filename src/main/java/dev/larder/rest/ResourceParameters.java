package dev.larder.rest;

import dev.larder.http.CachingRules;
import dev.larder.policy.DeclaredParameters;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects what a resource method declares to read: the annotated parameters of the method, and the annotated fields,
 * setters and constructors of its class, its superclasses and of every {@link BeanParam} among them (Jakarta REST §3.2).
 */
public final class ResourceParameters {

    private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> queries = new HashMap<>();
    private final Set<Class<?>> visited = new HashSet<>();
    private boolean injected;

    private ResourceParameters() {}

    /**
     * What a method reads.
     *
     * @param type the resource class, which gives the type variables of its superclasses their values
     * @param method a resource method of it
     */
    public static DeclaredParameters of(Class<?> type, Method method) {
        ResourceParameters read = new ResourceParameters();
        read.collectMembers(type);
        boolean beyondArguments = read.injected;
        Method annotated = ResourceMethods.annotated(type, method);
        if (annotated != null) {
            read.collectArguments(type, annotated);
        }
        return new DeclaredParameters(new TreeSet<>(read.headers), read.cookies, read.queries, beyondArguments);
    }

    /**
     * What the locators of a class may pass on to the sub-resource that they make.
     *
     * @param type a resource class, maybe a proxy's
     */
    static DeclaredParameters ofLocators(Class<?> type) {
        ResourceParameters read = new ResourceParameters();
        read.collectMembers(type);
        for (Method method : type.getMethods()) {
            Method annotated = ResourceMethods.annotated(type, method);
            if (annotated != null && ResourceMethods.httpMethod(type, method) == null) {
                read.collectArguments(type, annotated);
            }
        }
        return new DeclaredParameters(new TreeSet<>(read.headers), read.cookies, read.queries, read.injected);
    }

    private void collectMembers(Class<?> type) {
        if (!visited.add(type)) {
            return;
        }
        Map<TypeVariable<?>, Type> known = variables(type);
        for (Class<?> above = type; above != null && above != Object.class; above = above.getSuperclass()) {
            String in = " of " + above.getName();
            for (Field field : above.getDeclaredFields()) {
                collectElement(field, field.getGenericType(), known, "the field " + field.getName() + in);
            }
            for (Method setter : above.getDeclaredMethods()) {
                if (setter.getParameterCount() == 1 && !setter.isBridge()) {
                    collectElement(
                            setter, setter.getGenericParameterTypes()[0], known, "the setter " + setter.getName() + in);
                }
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            for (Parameter parameter : constructor.getParameters()) {
                collectElement(
                        parameter, parameter.getParameterizedType(), known, "a constructor of " + type.getName());
            }
        }
    }

    private void collectArguments(Class<?> type, Method annotated) {
        Map<TypeVariable<?>, Type> known = variables(type);
        for (Parameter parameter : annotated.getParameters()) {
            collectElement(
                    parameter,
                    parameter.getParameterizedType(),
                    known,
                    "a parameter of " + annotated.getDeclaringClass().getName() + "." + annotated.getName());
        }
    }

    private void collectElement(AnnotatedElement element, Type type, Map<TypeVariable<?>, Type> known, String where) {
        HeaderParam header = element.getAnnotation(HeaderParam.class);
        CookieParam cookie = element.getAnnotation(CookieParam.class);
        QueryParam query = element.getAnnotation(QueryParam.class);
        if (header != null) {
            collectHeader(header.value(), where);
        }
        if (cookie != null) {
            cookies.putIfAbsent(cookie.value(), where);
        }
        if (query != null) {
            queries.putIfAbsent(query.value(), where);
        }
        injected |= header != null
                || cookie != null
                || query != null
                || element.isAnnotationPresent(PathParam.class)
                || element.isAnnotationPresent(MatrixParam.class)
                || element.isAnnotationPresent(FormParam.class);
        if (element.isAnnotationPresent(BeanParam.class)) {
            collectMembers(raw(type, known));
        }
    }

    private void collectHeader(String name, String where) {
        if (name.equalsIgnoreCase("Cookie")) {
            cookies.putIfAbsent("", where);
        } else if (CachingRules.canBeKeyedBy(name)) {
            headers.add(name); // a request cannot have a field of another name
        }
    }

    private static Class<?> raw(Type type, Map<TypeVariable<?>, Type> known) {
        Type meant = type;
        while (meant instanceof TypeVariable<?> variable) {
            Type given = known.get(variable);
            meant = given == null ? variable.getBounds()[0] : given;
        }
        if (meant instanceof ParameterizedType generic) {
            meant = generic.getRawType();
        }
        return meant instanceof Class<?> one ? one : Object.class;
    }

    /** The values that a class and its superclasses give to the type variables of what they inherit. */
    private static Map<TypeVariable<?>, Type> variables(Class<?> type) {
        Map<TypeVariable<?>, Type> known = new HashMap<>();
        collectVariables(type, known);
        return known;
    }

    private static void collectVariables(Class<?> type, Map<TypeVariable<?>, Type> known) {
        Type extended = type.getGenericSuperclass();
        if (extended != null) {
            collectTypeArguments(extended, known);
        }
        for (Type implemented : type.getGenericInterfaces()) {
            collectTypeArguments(implemented, known);
        }
    }

    private static void collectTypeArguments(Type above, Map<TypeVariable<?>, Type> known) {
        Class<?> raw = raw(above, known);
        if (above instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                known.put(variables[i], generic.getActualTypeArguments()[i]);
            }
        }
        collectVariables(raw, known);
    }
}
