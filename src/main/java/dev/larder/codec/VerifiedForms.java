package dev.larder.codec;

import java.lang.ref.SoftReference;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the forms of values that read back unchanged, so that similar values need not be read back again: records
 * of plain values, and lists of these. A value is verified if each {@link JsonForm} in it has read back before in the
 * same place. Values whose class may not be the declared one are never verified, nor are those that annotations of
 * JSON-B apply to. Thread-safe.
 */
final class VerifiedForms {

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
                // enums may have annotations, and the class of the elements is not known here
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
        VerifiedRecord known = records.get(record.getClass()).get();
        if (known == null) {
            records.remove(record.getClass()); // the next record of the class starts a new one
            return false;
        }
        return known.checkOrLearn(record, this, learn);
    }

    /** Whether the form of each element is verified. With {@code learn}, records all of them. */
    boolean elements(List<?> list, Class<?> type, AtomicInteger forms, boolean learn) {
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
    boolean value(@Nullable Object value, AtomicInteger forms, boolean learn) {
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
}
