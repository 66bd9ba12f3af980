package dev.larder.group;

import dev.larder.CacheException;
import dev.larder.key.StoreKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The invalidations that the store has not taken yet. While there is one, this process serves nothing of its group. They are
 * tried again once a second. Their number is limited: beyond the limit, all entries of the backend count as invalidated.
 * Thread-safe.
 */
final class Debts {

    private static final int MAX_DEBTS = 1024;

    private final GenerationStore store;

    /** What writes each of them, by the key of the generation. */
    private final Map<String, Runnable> debts = new ConcurrentHashMap<>();

    private final AtomicBoolean scheduled = new AtomicBoolean();

    Debts(GenerationStore store) {
        this.store = store;
    }

    boolean contains(StoreKey key) {
        return !debts.isEmpty() && debts.containsKey(key.text());
    }

    int size() {
        return debts.size();
    }

    /**
     * Notes an invalidation that the store has to take.
     *
     * @return false if it is not noted, because there are too many
     */
    boolean add(StoreKey key, Runnable write) {
        if (debts.size() >= MAX_DEBTS - 1 && !debts.containsKey(key.text())) { // the last is for all entries
            return false;
        }
        addAlways(key, write);
        return true;
    }

    /** Notes an invalidation that the store has to take, even beyond the limit. */
    void addAlways(StoreKey key, Runnable write) {
        debts.put(key.text(), write);
        schedule();
    }

    void remove(StoreKey key) {
        debts.remove(key.text());
    }

    /**
     * Writes the debt of a group, if it has one.
     *
     * @throws dev.larder.CacheBackendException if the store fails
     */
    void settle(StoreKey key) {
        settle(key.text());
    }

    private void settle(String key) {
        Runnable write = debts.get(key);
        if (write != null) {
            write.run();
            debts.remove(key, write);
        }
    }

    private void schedule() {
        if (!debts.isEmpty() && scheduled.compareAndSet(false, true)) {
            store.retryInASecond(this::retry);
        }
    }

    private void retry() {
        scheduled.set(false);
        try {
            debts.keySet().forEach(this::settle);
        } catch (CacheException e) {
            // reported by the failure policy; the rest would fail likewise
        }
        schedule();
    }
}
