package dev.larder.codec;

import java.lang.ref.SoftReference;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which values read back unchanged, so that similar values need not be read back again: records of plain
 * values, and lists of these. A value is covered if each {@link Form} in it has read back before in the same place.
 * Values whose class may not be the declared one are never covered, nor are those that annotations of JSON-B apply to.
 * Thread-safe.
 */
final class Proofs {

    // Not static: proofs hold for one JSON-B. Soft references: a class of a parent loader must not keep our classes in
    // memory, nor we that class
    private final ClassValue<SoftReference<RecordProof>> records = new ClassValue<>() {
        @Override
        protected SoftReference<RecordProof> computeValue(Class<?> type) {
            return new SoftReference<>(new RecordProof(type));
        }
    };

    private final AtomicInteger inLists = new AtomicInteger();

    /** Whether a value certainly reads back as its type. */
    boolean cover(Object value, @Nullable Type declared) {
        return checkOrLearn(value, declared, false);
    }

    /** Remembers that a value was read back. */
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
        SoftReference<RecordProof> known = records.get(record.getClass());
        RecordProof proof = known.get();
        if (proof == null) {
            records.remove(record.getClass()); // the next one begins anew
            return false;
        }
        return proof.checkOrLearn(record, this, learn);
    }

    /** Whether the form of each element was seen. To learn, notes all of them. */
    boolean elements(List<?> list, Class<?> type, AtomicInteger seen, boolean learn) {
        boolean all = noted(list.isEmpty() ? Form.EMPTY_LIST : Form.LIST, seen, learn);
        for (Object element : list) {
            if (!all && !learn) {
                return false;
            }
            boolean one = element == null
                    ? noted(Form.NULL_ELEMENT, seen, learn)
                    : type.isInstance(element) && value(element, seen, learn);
            all &= one;
        }
        return all;
    }

    /** Whether the form of a value was seen. To learn, notes it. */
    boolean value(@Nullable Object value, AtomicInteger seen, boolean learn) {
        boolean noted = noted(Form.of(value), seen, learn);
        return ((noted || learn) && value instanceof Record record) ? ofRecord(record, learn) && noted : noted;
    }

    private static boolean noted(@Nullable Form form, AtomicInteger seen, boolean learn) {
        if (form == null) {
            return false;
        }
        int bit = form.bit();
        if (learn) {
            seen.accumulateAndGet(bit, (all, more) -> all | more);
        }
        return (seen.get() & bit) != 0;
    }
}
