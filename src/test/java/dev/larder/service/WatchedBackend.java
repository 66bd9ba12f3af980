package dev.larder.service;

import java.util.concurrent.atomic.AtomicInteger;

/** A backend that asks another one, counts how often it is read, and lets something happen after a read. */
public abstract class WatchedBackend extends ForwardingBackend {

    private final AtomicInteger gets = new AtomicInteger();
    private volatile Runnable afterNextGet = () -> {};

    @Override
    public byte[] get(String key) {
        byte[] found = super.get(key);
        gets.incrementAndGet();
        Runnable then = afterNextGet;
        afterNextGet = () -> {};
        then.run();
        return found;
    }

    /** How often it was read. */
    public final int gets() {
        return gets.get();
    }

    /** What happens once, after the next entry was read and before it is answered. */
    public final void afterNextGet(Runnable action) {
        afterNextGet = action;
    }
}
