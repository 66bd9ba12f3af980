package dev.larder.value;

import dev.larder.key.StoreKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a method's latest calls with plain arguments, so that a hit need not write and hash them anew. Holds at most
 * {@value #SLOTS} short keys; a call finds its own key or none. Thread-safe.
 */
final class KeyMemo {

    private static final int SLOTS = 256;
    private static final int LONGEST = 512;

    @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
    private record Known(Object[] arguments, StoreKey key) {}

    private final AtomicReferenceArray<@Nullable Known> slots = new AtomicReferenceArray<>(SLOTS);

    @Nullable
    StoreKey find(Object[] arguments) {
        if (!arePlain(arguments)) {
            return null;
        }
        Known known = slots.getPlain(slot(arguments));
        return known != null && Arrays.equals(known.arguments, arguments) ? known.key : null;
    }

    void keep(Object[] arguments, StoreKey key) {
        // all arguments are in what a hash stands for
        String all = key.hashed() == null ? key.text() : key.hashed();
        if (all.length() <= LONGEST && arePlain(arguments)) {
            slots.set(slot(arguments), new Known(arguments.clone(), key));
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
