package dev.larder.service;

import java.util.ArrayList;
import java.util.List;

/** Probes whose seconds pass when a test says so, on its own thread. */
final class Seconds extends Probes {

    private final List<Runnable> waiting = new ArrayList<>();

    Seconds() {
        super(1);
    }

    /** Probes that wait for nothing: what is broken is asked until it works. */
    static Probes none() {
        return new Probes(1) {
            @Override
            void later(Runnable probe) {
                probe.run();
            }
        };
    }

    @Override
    synchronized void later(Runnable probe) {
        waiting.add(probe);
    }

    /** How many probes wait for the next second. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Lets one pass. */
    void pass() {
        due().forEach(Runnable::run);
    }

    private synchronized List<Runnable> due() {
        List<Runnable> due = List.copyOf(waiting);
        waiting.clear();
        return due;
    }
}
