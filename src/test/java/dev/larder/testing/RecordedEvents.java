package dev.larder.testing;

import dev.larder.statistics.CacheEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the events of a backend or method, in their order. */
public final class RecordedEvents implements CacheEvents {

    private final List<String> events = new CopyOnWriteArrayList<>();

    /** The events since the last call. */
    public List<String> taken() {
        List<String> taken = new ArrayList<>(events);
        events.clear();
        return taken;
    }

    @Override
    public void hit() {
        events.add("hit");
    }

    @Override
    public void stale() {
        events.add("stale");
    }

    @Override
    public void coalesced() {
        events.add("coalesced");
    }

    @Override
    public void bypass() {
        events.add("bypass");
    }

    @Override
    public void miss() {
        events.add("miss");
    }

    @Override
    public void stored() {
        events.add("stored");
    }

    @Override
    public void notStored(String reason) {
        events.add("not stored: " + reason);
    }

    @Override
    public void invalidated() {
        events.add("invalidated");
    }

    @Override
    public void failed() {
        events.add("failed");
    }

    @Override
    public void breakerOpened() {
        events.add("opened");
    }

    @Override
    public void breakerClosed() {
        events.add("closed");
    }
}
