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
 * Remembers which forms the components of a record class had that read back unchanged. A record is covered if its
 * components have such forms, and if its constructor makes equal components of them, as reading would.
 */
final class RecordProof {

    private static final Component[] NEVER = {};
    private static final MethodType READS = MethodType.methodType(Object.class, Object.class);
    private static final MethodType MAKES = MethodType.methodType(Object.class, Object[].class);

    /** @param elements the class of the elements if the component is a list, else null */
    private record Component(
            MethodHandle accessor, @Nullable Class<?> elements, AtomicInteger seen) {}

    private Component[] components = NEVER;
    private @Nullable MethodHandle constructor;

    RecordProof(Class<?> type) {
        RecordComponent[] all = type.getRecordComponents();
        if (all == null || isCustomized(type)) {
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

    /** The class of the elements if a type is a list whose elements have forms, else null. */
    private static @Nullable Class<?> elements(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == List.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> element
                        && Form.has(element)
                ? element
                : null;
    }

    /** Whether a record consists of forms that were seen. To learn, notes its forms. */
    boolean checkOrLearn(Record record, Proofs proofs, boolean learn) {
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
                        : proofs.value(values[i], component.seen, learn);
                all &= one;
            }
            return all && (learn || Arrays.equals(values, read(makes.invokeExact(values))));
        } catch (Throwable e) {
            return false; // the full check reports what the record throws
        }
    }

    private Object[] read(Object record) throws Throwable {
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].accessor.invokeExact(record);
        }
        return values;
    }

    /** Whether a class, its package, its members or its interfaces have an annotation of JSON-B. */
    private static boolean isCustomized(Class<?> type) {
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
                || Arrays.stream(type.getInterfaces()).anyMatch(RecordProof::isCustomized);
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

    /** Whether neither an enum nor its constants have an annotation of JSON-B. */
    static boolean isPlainEnum(Class<?> type) {
        return !isAnnotated(type) && Stream.of(type.getDeclaredFields()).noneMatch(RecordProof::isAnnotatedField);
    }

    private static boolean isAnnotatedField(Field field) {
        return isAnnotated(field);
    }
}
