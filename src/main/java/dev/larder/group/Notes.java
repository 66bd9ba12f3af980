package dev.larder.group;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What this process did last to the generations in stores, so that concurrent misses of a new group write one generation,
 * and a replica that lags behind does not bring back an invalidated one. A table of fixed size: a later note takes the place
 * of another with the same hash. Thread-safe.
 */
final class Notes {

    private static final int SLOTS = 1024;
    private static final int MAX_PENDING_INVALIDATIONS = 1024;
    private static final int MAX_ID_LENGTH = 2048;

    /**
     * What this process did to the generation of a group.
     *
     * @param drawn a generation that was new then
     * @param generation the one that is stored since; 0 if writing failed, or it was removed
     * @param before the note before; counts until {@code generation} is there
     */
    record Note(
            String id,
            long drawn,
            CompletableFuture<Long> generation,
            @Nullable Note before) {

        static Note begun(String id, long drawn, @Nullable Note before) {
            // without the note before that, so that notes do not form an endless chain
            Note alone = before == null ? null : new Note(id, before.drawn, before.generation, null);
            return new Note(id, drawn, new CompletableFuture<>(), alone);
        }

        static Note removed(String id, long drawn) {
            return new Note(id, drawn, CompletableFuture.completedFuture(0L), null);
        }

        boolean isDone() {
            return generation.isDone();
        }

        /** The stored generation, 0 if there is none (yet). */
        long stored() {
            return generation.getNow(0L);
        }
    }

    private final AtomicReferenceArray<@Nullable Note> notes = new AtomicReferenceArray<>(SLOTS);

    /** The groups whose invalidation the store has not taken yet. */
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    /** Finds the notes of a group. Of a long key only a part counts: a group that is taken for another costs hits. */
    static String id(String backend, String key) {
        return key.length() <= MAX_ID_LENGTH
                ? backend + ' ' + key
                : backend + ' ' + key.hashCode() + ' ' + key.substring(0, MAX_ID_LENGTH);
    }

    @Nullable
    Note last(String id) {
        Note note = inSlot(id);
        return note != null && note.id.equals(id) ? note : null;
    }

    /** The last note whose generation is there. */
    @Nullable
    Note lastDone(String id) {
        Note note = last(id);
        return note == null || note.isDone() ? note : note.before;
    }

    /** Whatever note is in the slot of a group, maybe another group's. */
    @Nullable
    Note inSlot(String id) {
        return notes.get(Groups.slot(id, SLOTS));
    }

    boolean replace(@Nullable Note before, Note note) {
        return notes.compareAndSet(Groups.slot(note.id, SLOTS), before, note);
    }

    void put(Note note) {
        notes.set(Groups.slot(note.id, SLOTS), note);
    }

    boolean isPending(String id) {
        return pending.contains(id);
    }

    void addPending(String id) {
        if (pending.size() < MAX_PENDING_INVALIDATIONS) {
            pending.add(id);
        }
    }

    void removePending(String id) {
        pending.remove(id);
    }

    int pendingInvalidations() {
        return pending.size();
    }
}
