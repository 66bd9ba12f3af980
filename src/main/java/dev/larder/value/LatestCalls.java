package dev.larder.value;

import dev.larder.group.TagGroups;
import dev.larder.key.StoreKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The keys and tags of a method's latest calls with plain arguments, so that a hit does not write and hash them again. Holds at most
 * {@value #SLOTS} short keys. Thread-safe.
 */
final class LatestCalls {

    /**
     * The key and the tags of a call.
     *
     * @param tags null if they cannot be evaluated
     */
    record Call(StoreKey key, @Nullable TagGroups tags) {

        /** The same for a call that begins now. */
        Call again() {
            TagGroups again = tags == null ? null : tags.again();
            return again == tags ? this : new Call(key, again);
        }
    }

    private static final int SLOTS = 256;
    private static final int MAX_KEY_LENGTH = 512;

    @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
    private record Entry(Object[] arguments, Call call) {}

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    @Nullable
    Call find(Object[] arguments) {
        if (!arePlain(arguments)) {
            return null;
        }
        Entry entry = slots.getPlain(slot(arguments));
        return entry != null && Arrays.equals(entry.arguments, arguments) ? entry.call.again() : null;
    }

    void keep(Object[] arguments, Call call) {
        // of a hashed key, the text that was hashed counts: it has all arguments
        StoreKey key = call.key();
        String all = key.hashed() == null ? key.text() : key.hashed();
        if (all.length() <= MAX_KEY_LENGTH && arePlain(arguments)) {
            slots.set(slot(arguments), new Entry(arguments.clone(), call));
        }
    }

    private static int slot(Object[] arguments) {
        int hash = Arrays.hashCode(arguments);
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }

    /** Whether equal arguments have the same text, and never change. */
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
