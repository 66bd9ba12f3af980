package dev.larder.rest;

import dev.larder.http.CachingRules;
import dev.larder.policy.DeclaredParameters;
import dev.larder.reflect.Hierarchy;
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
 * Collects what a resource method reads from a request: by the annotated parameters of the method, and the annotated fields,
 * setters and constructors of its class, of its superclasses and of every {@link BeanParam} among them (Jakarta REST §3.2).
 */
public final class ResourceParameters {

    private final Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> queries = new HashMap<>();
    private final Set<String> paths = new TreeSet<>();
    private final Set<Class<?>> visited = new HashSet<>();
    private boolean injected;

    private ResourceParameters() {}

    /**
     * What a method reads.
     *
     * @param type the resource class, which binds the type variables of its superclasses
     * @param method a resource method of it
     */
    public static DeclaredParameters of(Class<?> type, Method method) {
        ResourceParameters read = new ResourceParameters();
        read.addMembers(type);
        boolean beyondArguments = read.injected;
        Method annotated = ResourceMethods.annotated(type, method);
        ResourceParameters own = new ResourceParameters();
        if (annotated != null) {
            read.addArguments(type, annotated);
            own.addArguments(type, annotated);
        }
        return new DeclaredParameters(
                new TreeSet<>(read.headers),
                read.cookies,
                read.queries,
                beyondArguments,
                new TreeSet<>(own.paths),
                new TreeSet<>(own.queries.keySet()));
    }

    /**
     * What the locators of a class read, and so may pass to the sub-resource that they return.
     *
     * @param type a resource class, or that of a proxy
     */
    static DeclaredParameters ofLocators(Class<?> type) {
        ResourceParameters read = new ResourceParameters();
        read.addMembers(type);
        for (Method method : type.getMethods()) {
            Method annotated = ResourceMethods.annotated(type, method);
            if (annotated != null && ResourceMethods.httpMethod(type, method) == null) {
                read.addArguments(type, annotated);
            }
        }
        return new DeclaredParameters(new TreeSet<>(read.headers), read.cookies, read.queries, read.injected);
    }

    private void addMembers(Class<?> type) {
        if (!visited.add(type)) {
            return;
        }
        Map<TypeVariable<?>, Type> bindings = bindings(type);
        for (Class<?> above : Hierarchy.classes(type)) {
            String in = " of " + above.getName();
            for (Field field : above.getDeclaredFields()) {
                addElement(field, field.getGenericType(), bindings, "the field " + field.getName() + in);
            }
            for (Method setter : above.getDeclaredMethods()) {
                if (setter.getParameterCount() == 1 && !setter.isBridge()) {
                    addElement(
                            setter,
                            setter.getGenericParameterTypes()[0],
                            bindings,
                            "the setter " + setter.getName() + in);
                }
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            for (Parameter parameter : constructor.getParameters()) {
                addElement(parameter, parameter.getParameterizedType(), bindings, "a constructor of " + type.getName());
            }
        }
    }

    private void addArguments(Class<?> type, Method annotated) {
        Map<TypeVariable<?>, Type> bindings = bindings(type);
        for (Parameter parameter : annotated.getParameters()) {
            addElement(
                    parameter,
                    parameter.getParameterizedType(),
                    bindings,
                    "a parameter of " + annotated.getDeclaringClass().getName() + "." + annotated.getName());
        }
    }

    private void addElement(AnnotatedElement element, Type type, Map<TypeVariable<?>, Type> bindings, String where) {
        HeaderParam header = element.getAnnotation(HeaderParam.class);
        CookieParam cookie = element.getAnnotation(CookieParam.class);
        QueryParam query = element.getAnnotation(QueryParam.class);
        PathParam path = element.getAnnotation(PathParam.class);
        if (header != null) {
            addHeader(header.value(), where);
        }
        if (cookie != null) {
            cookies.putIfAbsent(cookie.value(), where);
        }
        if (query != null) {
            queries.putIfAbsent(query.value(), where);
        }
        if (path != null) {
            paths.add(path.value());
        }
        injected |= header != null
                || cookie != null
                || query != null
                || path != null
                || element.isAnnotationPresent(MatrixParam.class)
                || element.isAnnotationPresent(FormParam.class);
        if (element.isAnnotationPresent(BeanParam.class)) {
            addMembers(raw(type, bindings));
        }
    }

    private void addHeader(String name, String where) {
        if (name.equalsIgnoreCase("Cookie")) {
            cookies.putIfAbsent("", where);
        } else if (CachingRules.canBeKeyedBy(name)) {
            headers.add(name); // a request cannot have a field of another name
        }
    }

    private static Class<?> raw(Type type, Map<TypeVariable<?>, Type> bindings) {
        Type resolved = type;
        while (resolved instanceof TypeVariable<?> variable) {
            Type given = bindings.get(variable);
            resolved = given == null ? variable.getBounds()[0] : given;
        }
        if (resolved instanceof ParameterizedType generic) {
            resolved = generic.getRawType();
        }
        return resolved instanceof Class<?> one ? one : Object.class;
    }

    /** The types that a class and its superclasses bind to the type variables of what they inherit. */
    private static Map<TypeVariable<?>, Type> bindings(Class<?> type) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        addBindings(type, bindings);
        return bindings;
    }

    private static void addBindings(Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        Type extended = type.getGenericSuperclass();
        if (extended != null) {
            addTypeArguments(extended, bindings);
        }
        for (Type implemented : type.getGenericInterfaces()) {
            addTypeArguments(implemented, bindings);
        }
    }

    private static void addTypeArguments(Type above, Map<TypeVariable<?>, Type> bindings) {
        Class<?> raw = raw(above, bindings);
        if (above instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], generic.getActualTypeArguments()[i]);
            }
        }
        addBindings(raw, bindings);
    }
}
