package dev.larder.codec;

import jakarta.json.bind.annotation.JsonbAnnotation;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a record class was found to come back. It is asked whether a record is made of seen forms, and that its
 * constructor makes the same of its components again, as reading would.
 */
final class RecordProof {

    private static final Component[] NEVER = {};
    private static final MethodType READS = MethodType.methodType(Object.class, Object.class);
    private static final MethodType MAKES = MethodType.methodType(Object.class, Object[].class);

    /** @param elements of which class the elements are, if it is a list; else null */
    private record Component(
            MethodHandle accessor, @Nullable Class<?> elements, AtomicInteger seen) {}

    private Component[] components = NEVER;
    private @Nullable MethodHandle constructor;

    RecordProof(Class<?> type) {
        RecordComponent[] all = type.getRecordComponents();
        if (all == null || isTold(type)) {
            return;
        }
        try {
            Component[] found = new Component[all.length];
            Class<?>[] types = new Class<?>[all.length];
            for (int i = 0; i < all.length; i++) {
                Class<?> elements = elements(all[i].getGenericType());
                if (elements == null && !Form.has(all[i].getType())) {
                    return;
                }
                types[i] = all[i].getType();
                Method accessor = all[i].getAccessor();
                accessor.setAccessible(true);
                found[i] = new Component(
                        MethodHandles.lookup().unreflect(accessor).asType(READS), elements, new AtomicInteger());
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            constructor = MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, all.length)
                    .asType(MAKES);
            components = found;
        } catch (ReflectiveOperationException | RuntimeException e) {
            components = NEVER;
        }
    }

    /** The class of the elements, if a type is a list of what has forms. */
    private static @Nullable Class<?> elements(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == List.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> element
                        && Form.has(element)
                ? element
                : null;
    }

    /** Whether a record is made of what was seen; to learn, notes what it is made of. */
    boolean known(Record record, Proofs proofs, boolean learn) {
        MethodHandle makes = constructor;
        if (makes == null) {
            return false;
        }
        try {
            Object[] values = read(record);
            boolean all = true;
            for (int i = 0; i < values.length && (all || learn); i++) {
                Component component = components[i];
                boolean one = (component.elements != null && values[i] instanceof List<?> list)
                        ? list.getClass().getPackageName().equals("java.util")
                                && proofs.elements(list, component.elements, component.seen, learn)
                        : proofs.one(values[i], component.seen, learn);
                all &= one;
            }
            return all && (learn || Arrays.equals(values, read(makes.invokeExact(values))));
        } catch (Throwable e) {
            return false; // what the record throws is said by the whole check
        }
    }

    private Object[] read(Object record) throws Throwable {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].accessor.invokeExact(record);
        }
        return values;
    }

    /** Whether JSON-B is told anything by an annotation on a class, on what is in it or on what it implements. */
    private static boolean isTold(Class<?> type) {
        Stream<AnnotatedElement> here = Stream.of(
                        Stream.of(type, type.getPackage()),
                        Arrays.stream(type.getDeclaredFields()),
                        Stream.concat(
                                        Arrays.stream(type.getDeclaredMethods()),
                                        Arrays.stream(type.getDeclaredConstructors()))
                                .flatMap(any -> Stream.concat(Stream.of(any), parameters(any))))
                .flatMap(each -> each)
                .map(AnnotatedElement.class::cast)
                .filter(Objects::nonNull);
        return here.anyMatch(RecordProof::isAnnotated)
                || Arrays.stream(type.getInterfaces()).anyMatch(RecordProof::isTold);
    }

    private static Stream<AnnotatedElement> parameters(Executable executable) {
        return Arrays.stream(executable.getParameters());
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(JsonbAnnotation.class)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is said of an enum or its constants. */
    static boolean isUntold(Class<?> type) {
        return !isAnnotated(type) && Stream.of(type.getDeclaredFields()).noneMatch(RecordProof::isAnnotatedField);
    }

    private static boolean isAnnotatedField(Field field) {
        return isAnnotated(field);
    }
}
