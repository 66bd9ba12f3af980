package dev.larder.group;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;

/** The groups of an application. Holds tables of fixed size, however many groups there are. Thread-safe. */
public final class Groups {

    private static final int IN_PROCESS_SLOTS = 4096;

    private final GenerationSequence sequence;
    private final Notes notes = new Notes();
    private final AtomicLongArray inProcess = new AtomicLongArray(IN_PROCESS_SLOTS);

    /** Makes the groups; none begins with a generation of an earlier deployment, whose entries a store may have kept. */
    public Groups(InstantSource clock) {
        this.sequence = new GenerationSequence(clock);
        long first = sequence.next();
        for (int i = 0; i < IN_PROCESS_SLOTS; i++) {
            inProcess.set(i, first);
        }
    }

    /** The responses of a URI. Its key is persisted: do not change it. */
    public Group ofUri(GenerationStore store, String application, String uri) {
        return store.shared()
                ? InStore.of(notes, sequence, store, store.key("generation " + application + ' ' + uri))
                : new InProcess(inProcess, slot(uri, IN_PROCESS_SLOTS), sequence);
    }

    /** How many invalidations the stores have not taken yet. */
    public int pendingInvalidations() {
        return notes.pendingInvalidations();
    }

    static int slot(String text, int slots) {
        int hash = text.hashCode();
        return (hash ^ (hash >>> 16)) & (slots - 1);
    }
}
