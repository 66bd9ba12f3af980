package dev.larder.group;

import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the tags that a lookup has before it reads an entry, or that a new entry gets. For one request. Thread-safe.
 * Operations throw {@link dev.larder.CacheBackendException} if the store fails.
 */
public final class TagGroups {

    /** Those of an entry without tags. */
    public static final TagGroups NONE = new TagGroups(null, List.of(), List.of());

    private final @Nullable GenerationStore store;
    private final List<String> tags;
    private final List<Group> groups;
    private final List<StoreKey> keys;

    TagGroups(@Nullable GenerationStore store, List<String> tags, List<Group> groups) {
        this.store = store;
        this.tags = tags;
        this.groups = groups;
        List<StoreKey> stored = new ArrayList<>(groups.size());
        for (Group group : groups) {
            StoreKey key = group.key();
            if (key != null) {
                stored.add(key);
            }
        }
        this.keys = stored;
    }

    /** The groups of the same tags for another request that begins now. */
    public TagGroups again() {
        return keys.isEmpty()
                ? this
                : new TagGroups(store, tags, groups.stream().map(Group::again).toList());
    }

    /** Whether there is no tag. */
    public boolean isEmpty() {
        return tags.isEmpty();
    }

    /** The tags. */
    public List<String> names() {
        return tags;
    }

    /** The keys of the generations that are to be read with the entry: all of them, or none if this process keeps them. */
    public List<StoreKey> keys() {
        return keys;
    }

    /**
     * The current generation of each tag, 0 for one that has none.
     *
     * @param read what was read under {@link #keys}
     */
    public Map<String, Long> current(long[] read) {
        Map<String, Long> current = new HashMap<>(2 * tags.size());
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            long stored = group.key() == null ? 0 : read[i];
            long generation = group.current(stored);
            // if this process has a newer generation than a replica, nothing is served: another process may have a
            // newer one
            boolean differs = group.key() != null && generation != stored;
            current.put(tags.get(i), differs ? 0 : generation);
        }
        return current;
    }

    /** Whether these are the generations that this process keeps of exactly these tags; false if they are in a store. */
    public boolean areIn(Map<String, Long> generations) {
        if (!keys.isEmpty() || generations.size() != tags.size()) {
            return false;
        }
        for (int i = 0; i < tags.size(); i++) {
            Long generation = generations.get(tags.get(i));
            if (generation == null || generation == 0 || groups.get(i).current() != generation) {
                return false;
            }
        }
        return true;
    }

    /** The current generations, read now. */
    public Map<String, Long> current() {
        return current(store == null || keys.isEmpty() ? new long[0] : store.generations(keys));
    }

    /**
     * The generations of a new entry: those given, and new ones for the tags that have none.
     *
     * @return null if the store does not take one: the entry must not be stored
     */
    public @Nullable Map<String, Long> begin(Map<String, Long> current) {
        Map<String, Long> begun = new HashMap<>(2 * tags.size());
        for (int i = 0; i < groups.size(); i++) {
            long generation = groups.get(i).begin(current.getOrDefault(tags.get(i), 0L));
            if (generation == 0) {
                return null;
            }
            begun.put(tags.get(i), generation);
        }
        return begun;
    }

    /**
     * The generations of an entry whose tags only its response names: they are read now, and drawn for tags that have none.
     *
     * @param begun when the call began
     * @return null if one of the tags was invalidated since then, or the store does not take a generation: the entry must
     *     not be stored
     */
    public @Nullable Map<String, Long> beginLearnt(Moment begun) {
        Map<String, Long> generations = begin(current());
        if (generations == null) {
            return null;
        }
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).isInvalidatedSince(begun, generations.getOrDefault(tags.get(i), 0L))) {
                return null;
            }
        }
        return generations;
    }

    /** Keeps the generations of a stored entry at least as long as the entry. */
    public void keep(Map<String, Long> generations, Ttl ttl) {
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).keep(generations.getOrDefault(tags.get(i), 0L), ttl);
        }
    }
}
