package dev.larder.value;

import dev.larder.key.StoreKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a method's latest calls with plain arguments, so that a hit does not write and hash them again. Holds at most
 * {@value #SLOTS} short keys. Thread-safe.
 */
final class KeyMemo {

    private static final int SLOTS = 256;
    private static final int MAX_KEY_LENGTH = 512;

    @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
    private record Entry(Object[] arguments, StoreKey key) {}

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    @Nullable
    StoreKey find(Object[] arguments) {
        if (!arePlain(arguments)) {
            return null;
        }
        Entry entry = slots.getPlain(slot(arguments));
        return entry != null && Arrays.equals(entry.arguments, arguments) ? entry.key : null;
    }

    void keep(Object[] arguments, StoreKey key) {
        // of a hashed key, the text that was hashed counts: it has all arguments
        String all = key.hashed() == null ? key.text() : key.hashed();
        if (all.length() <= MAX_KEY_LENGTH && arePlain(arguments)) {
            slots.set(slot(arguments), new Entry(arguments.clone(), key));
        }
    }

    private static int slot(Object[] arguments) {
        int hash = Arrays.hashCode(arguments);
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }

    /** Whether equal arguments are written alike and never change. */
    private static boolean arePlain(Object[] arguments) {
        for (Object argument : arguments) {
            boolean plain = argument == null
                    || argument instanceof String
                    || argument instanceof Long
                    || argument instanceof Integer
                    || argument instanceof Short
                    || argument instanceof Byte
                    || argument instanceof Boolean
                    || argument instanceof Character
                    || argument instanceof Enum;
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
