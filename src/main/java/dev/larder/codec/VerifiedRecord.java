package dev.larder.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
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
 * Remembers the forms of the components of one record class that read back unchanged. A record is verified if its
 * components have such forms, and if its constructor returns them unchanged: reading calls it, too.
 */
final class VerifiedRecord {

    private static final Component[] NONE = {};
    private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);
    private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

    /** @param elements the class of the elements if the component is a list, else null */
    private record Component(
            MethodHandle accessor, @Nullable Class<?> elements, AtomicInteger forms) {}

    private Component[] components = NONE;
    private @Nullable MethodHandle constructor;

    VerifiedRecord(Class<?> type) {
        RecordComponent[] all = type.getRecordComponents();
        if (all == null || isCustomized(type)) {
            return;
        }
        try {
            Component[] resolved = new Component[all.length];
            Class<?>[] types = new Class<?>[all.length];
            for (int i = 0; i < all.length; i++) {
                Class<?> elements = elements(all[i].getGenericType());
                if (elements == null && !JsonForm.has(all[i].getType())) {
                    return;
                }
                types[i] = all[i].getType();
                Method accessor = all[i].getAccessor();
                accessor.setAccessible(true);
                resolved[i] = new Component(
                        MethodHandles.lookup().unreflect(accessor).asType(ACCESSOR), elements, new AtomicInteger());
            }
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            constructor = MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, all.length)
                    .asType(CONSTRUCTOR);
            components = resolved;
        } catch (ReflectiveOperationException | RuntimeException e) {
            components = NONE;
        }
    }

    /** The class of the elements if a type is a list whose elements have forms, else null. */
    private static @Nullable Class<?> elements(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == List.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> element
                        && JsonForm.has(element)
                ? element
                : null;
    }

    /** Whether all forms of a record are verified. With {@code learn}, records them. */
    boolean checkOrLearn(Record record, VerifiedForms verified, boolean learn) {
        MethodHandle create = constructor;
        if (create == null) {
            return false;
        }
        try {
            Object[] values = read(record);
            boolean all = true;
            for (int i = 0; i < values.length && (all || learn); i++) {
                Component component = components[i];
                boolean one = (component.elements != null && values[i] instanceof List<?> list)
                        ? list.getClass().getPackageName().equals("java.util")
                                && verified.elements(list, component.elements, component.forms, learn)
                        : verified.value(values[i], component.forms, learn);
                all &= one;
            }
            return all && (learn || Arrays.equals(values, read(create.invokeExact(values))));
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
        return here.anyMatch(JsonbProperties::isCustomized)
                || Arrays.stream(type.getInterfaces()).anyMatch(VerifiedRecord::isCustomized);
    }

    private static Stream<AnnotatedElement> parameters(Executable executable) {
        return Arrays.stream(executable.getParameters());
    }

    /** Whether neither an enum nor its constants have an annotation of JSON-B. */
    static boolean isPlainEnum(Class<?> type) {
        return !JsonbProperties.isCustomized(type)
                && Stream.of(type.getDeclaredFields()).noneMatch(JsonbProperties::isCustomized);
    }
}
