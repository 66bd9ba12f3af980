package dev.larder.value;

import dev.larder.reflect.ResolvedType;
import java.io.InputStream;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.channels.ReadableByteChannel;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Finds what in the declared type of a method prevents its value from being cached. */
public final class DeclaredValue {

    private static final List<Class<?>> READ_ONCE = List.of(
            BaseStream.class,
            Iterator.class,
            Spliterator.class,
            Enumeration.class,
            InputStream.class,
            Readable.class,
            ReadableByteChannel.class,
            Flow.Publisher.class);

    /** Types of libraries that may be absent. */
    private static final Set<String> READ_ONCE_BY_NAME = Set.of("org.reactivestreams.Publisher", "java.sql.ResultSet");

    private static final List<Class<?>> HOLDERS =
            List.of(Collection.class, Map.class, Optional.class, CompletionStage.class);

    private DeclaredValue() {}

    /** The part of the return type of a method of a bean that can be read only once; null if there is none. */
    public static @Nullable Class<?> readOnce(Method method, Class<?> bean) {
        return readOnce(method.getGenericReturnType(), bean);
    }

    static @Nullable Class<?> readOnce(Type type, Class<?> bean) {
        return readOnce(ResolvedType.of(type, bean));
    }

    private static @Nullable Class<?> readOnce(Type type) {
        if (type instanceof Class<?> one) {
            return one.isArray() ? readOnce(one.getComponentType()) : isReadOnce(one) ? one : null;
        }
        if (type instanceof GenericArrayType array) {
            return readOnce(array.getGenericComponentType());
        }
        if (!(type instanceof ParameterizedType generic)) {
            return null;
        }
        Class<?> raw = (Class<?>) generic.getRawType();
        if (isReadOnce(raw)) {
            return raw;
        }
        if (isHolder(raw)) {
            for (Type argument : generic.getActualTypeArguments()) {
                Class<?> once = readOnce(argument);
                if (once != null) {
                    return once;
                }
            }
        }
        return null;
    }

    private static boolean isReadOnce(Class<?> type) {
        return READ_ONCE.stream().anyMatch(any -> any.isAssignableFrom(type)) || isNamed(type);
    }

    private static boolean isNamed(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        if (READ_ONCE_BY_NAME.contains(type.getName()) || isNamed(type.getSuperclass())) {
            return true;
        }
        for (Class<?> above : type.getInterfaces()) {
            if (isNamed(above)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHolder(Class<?> type) {
        return HOLDERS.stream().anyMatch(any -> any.isAssignableFrom(type));
    }

    /**
     * The part of the return type of a method of a bean that does not determine the type as which stored bytes are read:
     * {@code Object}, a raw collection, a type variable without a value. Null if there is none.
     */
    public static @Nullable Type sayingNothing(Method method, Class<?> bean) {
        Type value = ReturnShape.of(method, bean).valueType();
        return value == Object.class ? value : sayingNothing(value);
    }

    private static @Nullable Type sayingNothing(Type type) {
        if (type instanceof TypeVariable || type instanceof WildcardType) {
            return type;
        }
        if (type instanceof GenericArrayType array) {
            return sayingNothing(array.getGenericComponentType());
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                Type nothing = sayingNothing(argument);
                if (nothing != null) {
                    return nothing;
                }
            }
            return null;
        }
        Class<?> one = (Class<?>) type;
        if (one.isArray()) {
            return sayingNothing(one.getComponentType());
        }
        return isHolder(one) && one.getTypeParameters().length > 0 ? one : null;
    }
}
