package dev.larder.group;

import dev.larder.CacheException;
import dev.larder.group.Notes.Note;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.time.Duration;

/**
 * A group whose generation is in the store. It is written before the method runs for the first time: if several processes
 * begin at once, one writes it, and the others take what they find. To invalidate is to remove it.
 *
 * @param last the last generation of this process when the request came
 */
record InStore(Notes notes, GenerationSequence sequence, GenerationStore store, StoreKey key, String id, long last)
        implements Group {

    /** How long a replica may lag behind. */
    private static final Duration MAX_REPLICA_LAG = Duration.ofSeconds(1);

    /** How long a generation is kept if nothing is stored. */
    private static final Duration UNUSED_TTL = Duration.ofHours(1);

    static InStore of(Notes notes, GenerationSequence sequence, GenerationStore store, StoreKey key) {
        return new InStore(notes, sequence, store, key, Notes.id(store.backend(), key.text()), sequence.last());
    }

    @Override
    public long current(long read) {
        if (notes.isPending(id)) {
            return 0;
        }
        Note note = notes.lastDone(id);
        return note == null || read >= note.drawn() || !isRecent(note) ? read : note.stored();
    }

    /** If the note and the store differ, asks the server that takes writes: another process may have removed it. */
    @Override
    public long current() {
        long read = store.generation(key);
        long current = current(read);
        return current == 0 || current == read ? current : store.latestGeneration(key);
    }

    @Override
    public long begin(long read) {
        if (read != 0 && current(read) == read) {
            return read;
        }
        long drawn = sequence.next();
        Note before;
        Note mine;
        do {
            before = notes.inSlot(id);
            Note other = before != null && before.id().equals(id) ? before : null;
            if (other != null && (!other.isDone() || isUsable(other))) {
                return other.generation().join(); // waits for two operations at most
            }
            mine = Note.begun(id, drawn, other);
        } while (!notes.replace(before, mine));
        try {
            if (notes.isPending(id)) {
                store.delete(key);
                notes.removePending(id);
            }
            mine.generation().complete(writeOrTake(drawn));
        } finally {
            mine.generation().complete(0L);
        }
        return mine.stored();
    }

    /**
     * Whether a generation that another thread began is still the current one, as far as this process knows: only if the
     * request came before it, since otherwise what it read from the store is newer.
     */
    private boolean isUsable(Note note) {
        return note.stored() != 0 && note.drawn() > last && isRecent(note) && !notes.isPending(id);
    }

    private boolean isRecent(Note note) {
        return sequence.isWithin(MAX_REPLICA_LAG, note.drawn());
    }

    /** Writes a generation unless there is one; returns the one that is there then, 0 if the store takes none. */
    private long writeOrTake(long drawn) {
        if (store.addGeneration(key, drawn, new Ttl(UNUSED_TTL))) {
            return drawn;
        }
        long other = store.latestGeneration(key);
        if (other != 0) {
            return other;
        }
        // it was removed meanwhile, or is no generation
        return store.setGeneration(key, drawn, new Ttl(UNUSED_TTL)) ? drawn : 0;
    }

    @Override
    public void keep(long generation, Ttl ttl) {
        if (ttl.isForever()) {
            store.touch(key, ttl);
        } else if (sequence.age(generation).plus(ttl.duration()).compareTo(UNUSED_TTL) > 0) {
            store.touch(key, new Ttl(ttl.duration().plus(UNUSED_TTL)));
        }
    }

    @Override
    public boolean invalidate() {
        try {
            store.delete(key);
        } catch (CacheException e) { // reported by the failure policy
            invalidateHere();
            return false;
        }
        notes.put(Note.removed(id, sequence.next()));
        notes.removePending(id);
        return true;
    }

    @Override
    public void invalidateHere() {
        notes.put(Note.removed(id, sequence.next()));
        notes.addPending(id);
    }
}
