package dev.larder.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call of a resource method that no interceptor sees, as far as they follow from the request: its body, and
 * texts and numbers of its path and query. Reading any other argument throws.
 */
final class RequestArguments extends AbstractList<@Nullable Object> {

    private final Parameter[] parameters;
    private final Map<String, ? extends List<String>> pathParameters;
    private final Map<String, ? extends List<String>> queryParameters;
    private volatile @Nullable Object body;

    /**
     * The arguments of one call.
     *
     * @param annotated the method that has the annotations of Jakarta REST
     */
    RequestArguments(
            Method annotated,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters) {
        this.parameters = annotated.getParameters();
        this.pathParameters = pathParameters;
        this.queryParameters = queryParameters;
    }

    /** The entity that the method gets. */
    void noteBody(@Nullable Object entity) {
        body = entity;
    }

    @Override
    public int size() {
        return parameters.length;
    }

    @Override
    public @Nullable Object get(int index) {
        Parameter parameter = parameters[index];
        if (ResourceMethods.isBody(parameter.getAnnotations())) {
            return body;
        }
        PathParam path = parameter.getAnnotation(PathParam.class);
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        boolean encoded = parameter.isAnnotationPresent(Encoded.class)
                || parameter.getDeclaringExecutable().isAnnotationPresent(Encoded.class);
        if (encoded || (path == null && query == null)) {
            throw unknown(index);
        }
        String text = path == null ? first(queryParameters, query.value()) : first(pathParameters, path.value());
        DefaultValue byDefault = parameter.getAnnotation(DefaultValue.class);
        return converted(index, text == null && byDefault != null ? byDefault.value() : text);
    }

    private static @Nullable String first(Map<String, ? extends List<String>> values, String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? null : all.get(0);
    }

    private @Nullable Object converted(int index, @Nullable String text) {
        Class<?> type = parameters[index].getType();
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (type == String.class) {
            return text;
        }
        if (boxed != Boolean.class
                && (!Number.class.isAssignableFrom(boxed) || boxed.getPackage() != Long.class.getPackage())) {
            throw unknown(index);
        }
        if (text == null) {
            return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
        }
        try {
            return boxed.getMethod("valueOf", String.class).invoke(null, text);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("'" + text + "' is no " + type.getName(), e);
        }
    }

    private IllegalStateException unknown(int index) {
        return new IllegalStateException("The parameter {" + index + "} of "
                + parameters[index].getDeclaringExecutable().getName()
                + " is not available, since the application itself created the instance of the resource class. Let the"
                + " container create it, or name a parameter of the path, of the query, or the body");
    }
}
