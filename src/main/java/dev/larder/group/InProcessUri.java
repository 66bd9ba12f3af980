package dev.larder.group;

import java.util.concurrent.atomic.AtomicLongArray;

/** The responses of a URI. URIs with the same hash share a generation, so invalidating one of them costs hits of the others. */
final class InProcessUri extends InProcess {

    private final AtomicLongArray generations;
    private final int slot;
    private final GenerationSequence sequence;

    InProcessUri(AtomicLongArray generations, int slot, GenerationSequence sequence) {
        this.generations = generations;
        this.slot = slot;
        this.sequence = sequence;
    }

    @Override
    public long current() {
        return generations.get(slot);
    }

    @Override
    public long begin(long read) {
        return read;
    }

    @Override
    public boolean invalidate() {
        generations.set(slot, sequence.nextAfterInvalidation());
        return true;
    }
}
