package dev.larder.codec;

import dev.larder.reflect.Hierarchy;
import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a class that JSON-B writes: the components of a record, public getters and public fields. Also the
 * fields that it does not write.
 */
final class JsonbProperties {

    // holds only types of the JDK, so that a class of a parent loader keeps none of our classes in memory
    private static final ClassValue<AccessibleObject[]> WRITTEN = new ClassValue<>() {
        @Override
        protected AccessibleObject[] computeValue(Class<?> type) {
            return membersOf(type).toArray(AccessibleObject[]::new);
        }
    };

    private static final ClassValue<Field[]> UNWRITTEN = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            Set<String> written = leftOut(type);
            for (AccessibleObject property : of(type)) {
                written.add(
                        property instanceof Method method && !type.isRecord()
                                ? name(method)
                                : ((Member) property).getName());
            }
            return fields(type, field -> !written.contains(field.getName()));
        }
    };

    private static final ClassValue<Field[]> LEFT_OUT = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            Set<String> left = leftOut(type);
            return fields(type, field -> left.contains(field.getName()));
        }
    };

    private JsonbProperties() {}

    static AccessibleObject[] of(Class<?> type) {
        return WRITTEN.get(type);
    }

    /** The fields that belong to no property and are not transient, neither to Java nor to JSON-B. */
    static Field[] unwrittenFields(Class<?> type) {
        return UNWRITTEN.get(type);
    }

    /** The fields that {@link JsonbTransient} excludes. */
    static Field[] leftOutFields(Class<?> type) {
        return LEFT_OUT.get(type);
    }

    /**
     * The wanted fields that can be read, are not transient in Java, and are declared by classes of the application.
     */
    private static Field[] fields(Class<?> type, Predicate<Field> wanted) {
        List<Field> members = new ArrayList<>();
        for (Class<?> each : Hierarchy.applicationClasses(type)) {
            for (Field field : each.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers)
                        && !Modifier.isTransient(modifiers)
                        && !field.isSynthetic()
                        && wanted.test(field)
                        && field.trySetAccessible()) {
                    members.add(field);
                }
            }
        }
        return members.toArray(Field[]::new);
    }

    private static List<AccessibleObject> membersOf(Class<?> type) {
        List<AccessibleObject> members = new ArrayList<>();
        Set<String> left = leftOut(type);
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                add(members, component.getAccessor(), component.getName(), left);
            }
            return members;
        }
        for (Method method : type.getMethods()) {
            if (isGetter(method)) {
                add(members, method, name(method), left);
            }
        }
        for (Field field : type.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                add(members, field, field.getName(), left);
            }
        }
        return members;
    }

    private static <T extends AccessibleObject & Member> void add(
            List<AccessibleObject> members, T member, String name, Set<String> left) {
        if (!left.contains(name)) {
            try {
                member.setAccessible(true);
            } catch (InaccessibleObjectException | SecurityException e) {
                // a public member of a public class is accessible anyway
            }
            members.add(member);
        }
    }

    /** The names of the properties that JSON-B leaves out. */
    private static Set<String> leftOut(Class<?> type) {
        Set<String> names = new HashSet<>();
        for (Class<?> each : Hierarchy.classes(type)) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isTransient(field.getModifiers()) || field.isAnnotationPresent(JsonbTransient.class)) {
                    names.add(field.getName());
                }
            }
            for (Method method : each.getDeclaredMethods()) {
                if (method.isAnnotationPresent(JsonbTransient.class)) {
                    names.add(name(method));
                    names.add(method.getName());
                }
            }
        }
        return names;
    }

    private static String name(Method method) {
        String name = method.getName();
        return Introspector.decapitalize(name.substring(Math.min(name.length(), name.startsWith("is") ? 2 : 3)));
    }

    private static boolean isGetter(Method method) {
        String name = method.getName();
        return (name.startsWith("get") || name.startsWith("is"))
                && method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && method.getDeclaringClass() != Object.class
                && !method.isBridge()
                && !Modifier.isStatic(method.getModifiers());
    }

    /**
     * Reads a property of an object.
     *
     * @throws IllegalStateException if its getter throws
     */
    static @Nullable Object read(AccessibleObject property, Object of) {
        try {
            if (property instanceof Field field) {
                return field.get(of);
            }
            property.trySetAccessible();
            return ((Method) property).invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a property cannot be read: " + property, e);
        }
    }

    /** Whether an element has an annotation of JSON-B, which may change its properties in any way. */
    static boolean isCustomized(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).anyMatch(JsonbProperties::isOfJsonb);
    }

    /** Whether a class has its own adapter, serializer or deserializer. */
    static boolean isAdapted(Class<?> type) {
        return type.isAnnotationPresent(JsonbTypeAdapter.class)
                || type.isAnnotationPresent(JsonbTypeSerializer.class)
                || type.isAnnotationPresent(JsonbTypeDeserializer.class);
    }

    private static boolean isOfJsonb(Annotation annotation) {
        return annotation.annotationType().isAnnotationPresent(JsonbAnnotation.class);
    }
}
