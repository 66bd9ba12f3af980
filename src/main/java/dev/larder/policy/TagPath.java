package dev.larder.policy;

import dev.larder.reflect.ResolvedType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members that lead from an argument to the value of a placeholder: record components, getters and public fields,
 * of the declared types.
 */
final class TagPath {

    private final List<Member> members;

    private TagPath(List<Member> members) {
        this.members = members;
    }

    /**
     * Resolves a path.
     *
     * @param names the parameter, and the members that lead on from it
     * @param parameter the type of the parameter, resolved for the bean
     * @throws IllegalArgumentException if a member does not exist or cannot be read, or the value has no text of its own
     */
    static TagPath of(String placeholder, List<String> names, Type parameter) {
        List<Member> path = new ArrayList<>();
        Type type = parameter;
        for (String name : names.subList(1, names.size())) {
            Class<?> raw = raw(type);
            Map<String, Member> members = members(raw);
            Member member = members.get(name);
            if (member == null) {
                throw new IllegalArgumentException("names {" + placeholder + "}, but " + raw.getName() + " has no '"
                        + name + "' (" + shown(members)
                        + "). Name a record component, a getter without its get, or a public field"
                        + Problems.nearest(name, members.keySet()));
            }
            if (!((AccessibleObject) member).trySetAccessible()) {
                throw new IllegalArgumentException("names {" + placeholder + "}, but '" + name + "' of " + raw.getName()
                        + " is not accessible. Open its package to dev.larder");
            }
            path.add(member);
            type = ResolvedType.of(typeOf(member), type);
        }
        if (hasNoText(raw(type))) {
            throw new IllegalArgumentException(
                    "names {" + placeholder + "}, but a " + raw(type).getTypeName() + " has no text of its own, so no"
                            + " two calls would have the same tag (" + shown(members(raw(type)))
                            + "). Name a member of it, or give it a toString");
        }
        return new TagPath(List.copyOf(path));
    }

    /** The value of an argument; null if it, or a value on the way, is null or an empty optional. */
    @Nullable
    Object read(@Nullable Object argument) throws Throwable {
        Object value = argument;
        for (Member member : members) {
            if (value == null) {
                return null;
            }
            value = read(member, value);
        }
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static @Nullable Object read(Member member, Object object) throws Throwable {
        try {
            return member instanceof Method getter ? getter.invoke(object) : ((Field) member).get(object);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /**
     * The members that a placeholder may name. Of the same name, a record component has precedence over a getter, and a
     * getter over a field.
     */
    private static Map<String, Member> members(Class<?> type) {
        Map<String, Member> members = new LinkedHashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                members.put(component.getName(), component.getAccessor());
            }
        }
        Map<String, Member> sorted = new TreeMap<>();
        for (Method method : type.getMethods()) {
            String name = propertyOf(method);
            if (name != null && !method.isBridge()) {
                sorted.merge(name, method, TagPath::moreSpecific);
            }
        }
        for (Field field : type.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                sorted.putIfAbsent(field.getName(), field);
            }
        }
        sorted.forEach(members::putIfAbsent);
        return members;
    }

    /** Of two getters of one property, which a type may inherit from its interfaces, the one with the narrower type. */
    private static Member moreSpecific(Member one, Member other) {
        return ((Method) one).getReturnType().isAssignableFrom(((Method) other).getReturnType()) ? other : one;
    }

    /** The property of a getter: {@code id} of {@code getId}; null if the method is no getter. */
    private static @Nullable String propertyOf(Method method) {
        Class<?> type = method.getReturnType();
        if (method.getParameterCount() > 0
                || type == void.class
                || Modifier.isStatic(method.getModifiers())
                || method.getDeclaringClass() == Object.class) {
            return null;
        }
        String name = method.getName();
        int prefix = name.startsWith("get")
                ? 3
                : name.startsWith("is") && (type == boolean.class || type == Boolean.class) ? 2 : name.length();
        return prefix < name.length() && !Character.isLowerCase(name.charAt(prefix))
                ? decapitalized(name.substring(prefix))
                : null;
    }

    /** By the rule of the JavaBeans specification: {@code id} of {@code Id}, {@code URL} of {@code URL}. */
    private static String decapitalized(String name) {
        return name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1))
                ? name
                : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String shown(Map<String, Member> members) {
        return members.isEmpty() ? "it has nothing to name" : "it has " + String.join(", ", members.keySet());
    }

    private static Type typeOf(Member member) {
        return member instanceof Method getter ? getter.getGenericReturnType() : ((Field) member).getGenericType();
    }

    /** Whether the text of a value is its identity: an array, or an object of a class that does not override toString. */
    private static boolean hasNoText(Class<?> type) {
        if (type.isArray()) {
            return true;
        }
        try {
            return !type.isPrimitive()
                    && !Modifier.isAbstract(type.getModifiers())
                    && type != Object.class
                    && type.getMethod("toString").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            return false; // of an interface
        }
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> one) {
            return one;
        }
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        return type instanceof TypeVariable<?> variable
                ? raw(variable.getBounds()[0])
                : raw(((WildcardType) type).getUpperBounds()[0]);
    }
}
