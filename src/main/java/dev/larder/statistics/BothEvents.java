package dev.larder.statistics;

/**
 * The events of two listeners.
 *
 * @param summed whether the second adds the hits of the first to its own when it is read, so that a hit is counted once
 */
record BothEvents(CacheEvents first, CacheEvents second, boolean summed) implements CacheEvents {

    @Override
    public void hit() {
        first.hit();
        if (!summed) {
            second.hit();
        }
    }

    @Override
    public void stale() {
        first.stale();
        second.stale();
    }

    @Override
    public void coalesced() {
        first.coalesced();
        second.coalesced();
    }

    @Override
    public void miss() {
        first.miss();
        second.miss();
    }

    @Override
    public void bypass() {
        first.bypass();
        second.bypass();
    }

    @Override
    public void stored() {
        first.stored();
        second.stored();
    }

    @Override
    public void notStored(String reason) {
        first.notStored(reason);
        second.notStored(reason);
    }

    @Override
    public void removed(int entries) {
        first.removed(entries);
        second.removed(entries);
    }

    @Override
    public void invalidated() {
        first.invalidated();
        second.invalidated();
    }

    @Override
    public void failed() {
        first.failed();
        second.failed();
    }

    @Override
    public void breakerOpened() {
        first.breakerOpened();
        second.breakerOpened();
    }

    @Override
    public void breakerClosed() {
        first.breakerClosed();
        second.breakerClosed();
    }

    @Override
    public long now() {
        return first.now();
    }

    @Override
    public void loaded(long start) {
        first.loaded(start);
        second.loaded(start);
    }

    @Override
    public void accessed(Access access, long start) {
        first.accessed(access, start);
        second.accessed(access, start);
    }
}
