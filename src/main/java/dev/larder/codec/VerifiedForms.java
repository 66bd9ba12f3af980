package dev.larder.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.SoftReference;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the forms of values that read back unchanged, so that similar values need not be read back again: records
 * of plain values, and lists of these. A value is verified if each {@link JsonForm} in it has read back before in the
 * same place. Values whose class may not be the declared one are never verified, nor are those that annotations of
 * JSON-B apply to. Thread-safe.
 */
final class VerifiedForms {

    private static final Component[] NONE = {};
    private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);
    private static final MethodType CONSTRUCTOR = MethodType.methodType(Object.class, Object[].class);

    /** @param elements the class of the elements if the component is a list, else null */
    private record Component(
            MethodHandle accessor, @Nullable Class<?> elements, AtomicInteger forms) {}

    // Not static: what is verified holds for one JSON-B. Soft references: a class of a parent loader must not keep our
    // classes in memory, nor we that class
    private final ClassValue<SoftReference<VerifiedRecord>> records = new ClassValue<>() {
        @Override
        protected SoftReference<VerifiedRecord> computeValue(Class<?> type) {
            return new SoftReference<>(new VerifiedRecord(type));
        }
    };

    private final AtomicInteger inLists = new AtomicInteger();

    /** Whether a value certainly reads back as its type. */
    boolean contains(Object value, @Nullable Type declared) {
        return checkOrLearn(value, declared, false);
    }

    /** Remembers the forms of a value that was read back unchanged. */
    void learn(Object value, @Nullable Type declared) {
        checkOrLearn(value, declared, true);
    }

    private boolean checkOrLearn(Object value, @Nullable Type declared, boolean learn) {
        if (value instanceof Record record) {
            return (declared == null || declared == value.getClass()) && ofRecord(record, learn);
        }
        return value instanceof List<?> list
                && list.getClass().getPackageName().equals("java.util")
                && (declared == null || isListOf(declared, list))
                // enums may have annotations, and only a declared class of the elements would show them
                && list.stream().noneMatch(Enum.class::isInstance)
                && elements(list, Object.class, inLists, learn);
    }

    private static boolean isListOf(Type declared, List<?> list) {
        if (!(declared instanceof ParameterizedType generic)
                || (generic.getRawType() != List.class && generic.getRawType() != Collection.class)) {
            return false;
        }
        Type type = generic.getActualTypeArguments()[0];
        for (Object element : list) {
            if (element != null && element.getClass() != type) {
                return false;
            }
        }
        return true;
    }

    private boolean ofRecord(Record record, boolean learn) {
        VerifiedRecord verified = records.get(record.getClass()).get();
        if (verified == null) {
            records.remove(record.getClass()); // the next record of the class starts a new one
            return false;
        }
        return verified.checkOrLearn(record, learn);
    }

    /** Whether the form of each element is verified. With {@code learn}, records all of them. */
    private boolean elements(List<?> list, Class<?> type, AtomicInteger forms, boolean learn) {
        boolean all = verified(list.isEmpty() ? JsonForm.EMPTY_LIST : JsonForm.LIST, forms, learn);
        for (Object element : list) {
            if (!all && !learn) {
                return false;
            }
            boolean one = element == null
                    ? verified(JsonForm.NULL_ELEMENT, forms, learn)
                    : type.isInstance(element) && value(element, forms, learn);
            all &= one;
        }
        return all;
    }

    /** Whether the form of a value is verified. With {@code learn}, records it. */
    private boolean value(@Nullable Object value, AtomicInteger forms, boolean learn) {
        boolean verified = verified(JsonForm.of(value), forms, learn);
        return ((verified || learn) && value instanceof Record record) ? ofRecord(record, learn) && verified : verified;
    }

    private static boolean verified(@Nullable JsonForm form, AtomicInteger forms, boolean learn) {
        if (form == null) {
            return false;
        }
        int bit = form.bit();
        if (learn) {
            forms.accumulateAndGet(bit, (all, more) -> all | more);
        }
        return (forms.get() & bit) != 0;
    }

    /** The class of the elements if a type is a list whose elements have forms, else null. */
    private static @Nullable Class<?> elementsOf(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == List.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> element
                        && JsonForm.has(element)
                ? element
                : null;
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
                || Arrays.stream(type.getInterfaces()).anyMatch(VerifiedForms::isCustomized);
    }

    private static Stream<AnnotatedElement> parameters(Executable executable) {
        return Arrays.stream(executable.getParameters());
    }

    /**
     * Remembers the forms of the components of one record class that read back unchanged. A record is verified if its
     * components have such forms, and if its constructor returns them unchanged: reading calls it, too.
     */
    private final class VerifiedRecord {

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
                    Class<?> elements = elementsOf(all[i].getGenericType());
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

        /** Whether all forms of a record are verified. With {@code learn}, records them. */
        boolean checkOrLearn(Record record, boolean learn) {
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
                                    && elements(list, component.elements, component.forms, learn)
                            : value(values[i], component.forms, learn);
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
    }
}
