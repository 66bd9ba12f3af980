package dev.larder.group;

import dev.larder.key.StoreKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last writes of this process to the generations in a store. Because of them, concurrent misses of a new group write only
 * one generation, and a replica that lags behind does not bring back an invalidated one. The tables have a fixed size: a new
 * note replaces one with the same hash. Thread-safe.
 */
final class Notes {

    /**
     * What this process did to the generation of a group.
     *
     * @param key the key of the generation
     * @param drawn a generation that was new then
     * @param generation the one that is stored since; 0 if writing failed, or it was removed
     * @param before the note before; counts until {@code generation} is there
     */
    record Note(
            String key,
            long drawn,
            CompletableFuture<Long> generation,
            @Nullable Note before) {

        static Note begun(StoreKey key, long drawn, @Nullable Note before) {
            // without the note before that, so that notes do not form an endless chain
            Note alone = before == null ? null : new Note(before.key, before.drawn, before.generation, null);
            return new Note(key.text(), drawn, new CompletableFuture<>(), alone);
        }

        static Note done(StoreKey key, long drawn, long stored) {
            return new Note(key.text(), drawn, CompletableFuture.completedFuture(stored), null);
        }

        boolean isDone() {
            return generation.isDone();
        }

        /** The stored generation, 0 if there is none (yet). */
        long stored() {
            return generation.getNow(0L);
        }
    }

    /** Until when the store keeps a generation, in milliseconds of the epoch. */
    private record Kept(String key, long generation, long untilMillis) {}

    private final AtomicReferenceArray<@Nullable Note> notes;
    private final AtomicReferenceArray<@Nullable Kept> kept;

    /** @param slots the size of its tables, a power of two */
    Notes(int slots) {
        this.notes = new AtomicReferenceArray<>(slots);
        this.kept = new AtomicReferenceArray<>(slots);
    }

    /** The last note on a group whose generation is there. */
    @Nullable
    Note lastDone(StoreKey key) {
        Note note = inSlot(key);
        if (note == null || !note.key.equals(key.text())) {
            return null;
        }
        return note.isDone() ? note : note.before;
    }

    /** The note in the slot of a group, which may be another group's. */
    @Nullable
    Note inSlot(StoreKey key) {
        return notes.get(slot(key.text()));
    }

    boolean replace(@Nullable Note before, Note note) {
        return notes.compareAndSet(slot(note.key), before, note);
    }

    void put(Note note) {
        notes.set(slot(note.key), note);
    }

    /** Whether this process has noted that the store keeps a generation until a time. */
    boolean isKept(StoreKey key, long generation, long untilMillis) {
        Kept last = kept.get(slot(key.text()));
        return last != null
                && last.generation == generation
                && last.untilMillis >= untilMillis
                && last.key.equals(key.text());
    }

    void noteKept(StoreKey key, long generation, long untilMillis) {
        kept.set(slot(key.text()), new Kept(key.text(), generation, untilMillis));
    }

    private int slot(String key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (notes.length() - 1);
    }
}
