package dev.larder.reflect;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Walks the superclasses and interfaces of a class. */
public final class Hierarchy {

    private Hierarchy() {}

    /** A class and its superclasses, without {@code Object}. */
    public static List<Class<?>> classes(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            classes.add(each);
        }
        return classes;
    }

    /** A class of the application and its superclasses up to the first class of the JDK; none for a class of the JDK. */
    public static List<Class<?>> applicationClasses(Class<?> type) {
        return classes(type).stream()
                .takeWhile(each -> !each.getName().startsWith("java."))
                .toList();
    }

    /**
     * A class and its superclasses, then the interfaces of each, depth first. That is the order in which annotations
     * are inherited (Jakarta REST §3.6).
     */
    public static Set<Class<?>> types(Class<?> type) {
        List<Class<?>> classes = classes(type);
        Set<Class<?>> types = new LinkedHashSet<>(classes);
        classes.forEach(each -> addInterfaces(each, types));
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> contract : type.getInterfaces()) {
            if (types.add(contract)) {
                addInterfaces(contract, types);
            }
        }
    }

    /** Whether two methods have the same name and parameter types, whatever classes declare them. */
    public static boolean isSameMethod(Method one, Method other) {
        return one.getName().equals(other.getName())
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }
}
