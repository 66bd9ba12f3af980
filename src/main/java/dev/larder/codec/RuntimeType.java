package dev.larder.codec;

import dev.larder.reflect.GenericType;
import dev.larder.reflect.Hierarchy;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Derives the type to read a value as, where no type is declared: its class, and for a collection, a map, an optional
 * or a generic record also the type of the elements. Without elements, that type is {@code Object}.
 */
final class RuntimeType {

    /** The elements of a collection, or the values of one type variable of a record, are of several types. */
    static final class MixedException extends Exception {
        private static final long serialVersionUID = 1L;

        MixedException() {
            super(null, null, false, false);
        }
    }

    private RuntimeType() {}

    static Type of(Object value) throws MixedException {
        Class<?> json = JsonTypes.of(value.getClass());
        if (json != null) {
            return json;
        }
        if (value instanceof Map<?, ?> map) {
            Class<?> kind = order(map) == null ? Map.class : SortedMap.class;
            return container(map.getClass(), kind, common(map.keySet()), common(map.values()));
        }
        if (value instanceof Collection<?> elements) {
            return container(elements.getClass(), kind(elements), common(elements));
        }
        if (value instanceof Optional<?> optional) {
            return new GenericType(
                    Optional.class, List.of(common(optional.stream().toList())), null);
        }
        if (value instanceof Enum<?> constant) {
            return constant.getDeclaringClass();
        }
        return value instanceof Record record && record.getClass().getTypeParameters().length > 0
                ? generic(record)
                : value.getClass();
    }

    // a comparator makes a difference, the natural order does not
    private static Class<?> kind(Collection<?> elements) {
        if (order(elements) != null) {
            return elements instanceof SortedSet ? SortedSet.class : PriorityQueue.class;
        }
        return elements instanceof List ? List.class : elements instanceof Set ? Set.class : Collection.class;
    }

    /** The comparator of a sorted collection or map; null if it has none. */
    static @Nullable Comparator<?> order(Object collection) {
        if (collection instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        if (collection instanceof SortedSet<?> set) {
            return set.comparator();
        }
        return collection instanceof PriorityQueue<?> queue ? queue.comparator() : null;
    }

    private static Type container(Class<?> type, Class<?> kind, Type... arguments) {
        return holdsMore(type) ? type : new GenericType(kind, List.of(arguments), null);
    }

    /**
     * Whether a class of a collection or map belongs to the application, can be instantiated, and has fields besides
     * its elements.
     */
    static boolean holdsMore(Class<?> type) {
        return !type.getName().startsWith("java.")
                && Modifier.isPublic(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(any -> any.getParameterCount() == 0)
                && hasFields(type);
    }

    /** Whether a class, or one of its superclasses outside the JDK, has instance fields. */
    static boolean hasFields(Class<?> type) {
        return Hierarchy.applicationClasses(type).stream()
                .flatMap(each -> Arrays.stream(each.getDeclaredFields()))
                .anyMatch(field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static Type common(Iterable<?> elements) throws MixedException {
        Type common = Object.class;
        for (Object element : elements) {
            if (element != null && element.getClass() != common) {
                common = merged(common, of(element));
            }
        }
        return common;
    }

    private static Type merged(Type one, Type other) throws MixedException {
        if (one.equals(other) || other == Object.class) {
            return one;
        }
        if (one == Object.class) {
            return other;
        }
        if (one instanceof GenericType a && other instanceof GenericType b && a.rawType() == b.rawType()) {
            Type[] arguments = a.getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = merged(arguments[i], b.arguments().get(i));
            }
            return new GenericType(a.rawType(), List.of(arguments), a.ownerType());
        }
        throw new MixedException();
    }

    private static Type generic(Record record) throws MixedException {
        Map<TypeVariable<?>, Type> variables = new HashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            collect(component.getGenericType(), JsonbProperties.read(component.getAccessor(), record), variables);
        }
        List<Type> arguments = Arrays.stream(record.getClass().getTypeParameters())
                .map(variable -> variables.getOrDefault(variable, Object.class))
                .toList();
        return new GenericType(record.getClass(), arguments, record.getClass().getDeclaringClass());
    }

    /** Collects the types of the variables in a declared type from a value of that type. */
    private static void collect(Type declared, @Nullable Object value, Map<TypeVariable<?>, Type> variables)
            throws MixedException {
        if (value == null || declared instanceof Class) {
            return;
        }
        if (declared instanceof TypeVariable<?> variable) {
            variables.put(variable, merged(variables.getOrDefault(variable, Object.class), of(value)));
        } else if (declared instanceof GenericArrayType array && value instanceof Object[] elements) {
            for (Object element : elements) {
                collect(array.getGenericComponentType(), element, variables);
            }
        } else if (declared instanceof ParameterizedType generic) {
            Type actual = of(value);
            Type[] arguments = generic.getActualTypeArguments();
            if (actual instanceof GenericType actualType
                    && actualType.arguments().size() == arguments.length) {
                for (int i = 0; i < arguments.length; i++) {
                    match(arguments[i], actualType.arguments().get(i), variables);
                }
            }
        }
    }

    private static void match(Type declared, Type actual, Map<TypeVariable<?>, Type> variables) throws MixedException {
        if (declared instanceof TypeVariable<?> variable) {
            variables.put(variable, merged(variables.getOrDefault(variable, Object.class), actual));
        } else if (declared instanceof ParameterizedType generic
                && actual instanceof GenericType actualType
                && actualType.arguments().size() == generic.getActualTypeArguments().length) {
            for (int i = 0; i < actualType.arguments().size(); i++) {
                match(
                        generic.getActualTypeArguments()[i],
                        actualType.arguments().get(i),
                        variables);
            }
        }
    }
}
