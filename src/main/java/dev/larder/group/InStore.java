package dev.larder.group;

import dev.larder.CacheException;
import dev.larder.group.Notes.Note;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.time.Duration;

/**
 * A group whose generation is in the store. It is written before the method runs for the first time. If several processes
 * begin at once, one of them writes it, and the others use what they read.
 */
final class InStore implements Group {

    /** What ends the generation in the store. */
    enum Invalidation {
        /** Costs the store nothing. */
        BY_DELETING,
        /** A call that learns of the group from its response can see that it was invalidated meanwhile. */
        BY_WRITING
    }

    /** How long a replica may lag behind. */
    private static final Duration MAX_REPLICA_LAG = Duration.ofSeconds(1);

    /** The minimum time that a generation is kept. */
    private static final Duration MIN_TTL = Duration.ofHours(1);

    private final GenerationStore store;
    private final GenerationSequence sequence;
    private final Notes notes;
    private final Debts debts;
    private final AllEntries all;
    private final StoreKey key;
    private final Invalidation invalidation;

    /** The last generation of this process when the request came. */
    private final long last;

    InStore(
            GenerationStore store,
            GenerationSequence sequence,
            Notes notes,
            Debts debts,
            AllEntries all,
            StoreKey key,
            Invalidation invalidation) {
        this.store = store;
        this.sequence = sequence;
        this.notes = notes;
        this.debts = debts;
        this.all = all;
        this.key = key;
        this.invalidation = invalidation;
        this.last = sequence.last();
    }

    @Override
    public Group again() {
        return new InStore(store, sequence, notes, debts, all, key, invalidation);
    }

    @Override
    public StoreKey key() {
        return key;
    }

    @Override
    public long current(long read) {
        if (debts.contains(key)) {
            return 0;
        }
        Note note = notes.lastDone(key);
        return note == null || read >= note.drawn() || !isRecent(note) ? read : note.stored();
    }

    /** If the note and the store differ, reads from the server that takes writes: another process may have removed it. */
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
        debts.settle(key);
        long drawn = sequence.next();
        Note before;
        Note mine;
        do {
            before = notes.inSlot(key);
            Note other = before != null && before.key().equals(key.text()) ? before : null;
            if (other != null && (!other.isDone() || isUsable(other))) {
                return other.generation().join(); // waits for two operations at most
            }
            mine = Note.begun(key, drawn, other);
        } while (!notes.replace(before, mine));
        try {
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
        return note.stored() != 0 && note.drawn() > last && isRecent(note) && !debts.contains(key);
    }

    private boolean isRecent(Note note) {
        return sequence.isWithin(MAX_REPLICA_LAG, note.drawn());
    }

    /** Writes a generation unless there is one; returns the one that is there then, 0 if the store takes none. */
    private long writeOrTake(long drawn) {
        if (store.addGeneration(key, drawn, new Ttl(MIN_TTL))) {
            return drawn;
        }
        long other = store.latestGeneration(key);
        if (other != 0) {
            return other;
        }
        // it was removed meanwhile, or is no generation
        return store.setGeneration(key, drawn, new Ttl(MIN_TTL)) ? drawn : 0;
    }

    @Override
    public boolean isInvalidatedSince(Moment moment, long generation) {
        Note note = notes.lastDone(key);
        boolean drawnHere = note != null && note.drawn() == generation;
        return drawnHere
                ? GenerationSequence.isInvalidatedAfter(moment, generation)
                : GenerationSequence.isInvalidatedSince(moment.millis(), generation);
    }

    @Override
    public void keep(long generation, Ttl ttl) {
        if (!ttl.isForever() && sequence.age(generation).plus(ttl.duration()).compareTo(MIN_TTL) <= 0) {
            return;
        }
        Ttl wanted = ttl.isForever() ? ttl : new Ttl(ttl.duration().plus(MIN_TTL));
        if (!notes.isKept(key, generation, sequence.after(ttl))) {
            store.touch(key, wanted);
            notes.noteKept(key, generation, sequence.after(wanted));
        }
    }

    @Override
    public boolean invalidate() {
        long drawn = sequence.nextAfterInvalidation();
        try {
            end(drawn);
        } catch (CacheException e) { // reported by the failure policy
            invalidateHere();
            return false;
        }
        debts.remove(key);
        return true;
    }

    private void end(long drawn) {
        if (invalidation == Invalidation.BY_DELETING) {
            store.delete(key);
            notes.put(Note.done(key, drawn, 0));
        } else if (store.setGeneration(key, drawn, new Ttl(MIN_TTL))) {
            notes.put(Note.done(key, drawn, drawn));
        } else {
            throw new CacheException("The store does not take the generation of a tag");
        }
    }

    @Override
    public void invalidateHere() {
        notes.put(Note.done(key, sequence.nextAfterInvalidation(), 0));
        if (!debts.add(key, () -> end(sequence.nextAfterInvalidation()))) {
            all.invalidateHere();
        }
    }
}
