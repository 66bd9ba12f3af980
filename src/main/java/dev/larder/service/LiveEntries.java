package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.group.AllEntries;
import dev.larder.group.Groups;
import dev.larder.group.TagGroups;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the entries of one backend, except those that an invalidation has ended. Thread-safe. */
final class LiveEntries {

    /** Reads an entry together with generations. */
    interface Reader<T> {
        EntryAndGenerations<T> read(List<StoreKey> generations);
    }

    /** How many entries are read at once to count them. */
    private static final int BATCH_ENTRIES = 500;

    private final Values values;
    private final Groups groups;
    private final AllEntries all;

    LiveEntries(Values values, Groups groups) {
        this.values = values;
        this.groups = groups;
        this.all = groups.all();
    }

    /** The value of an entry. Only the entry itself names its tags. */
    @Nullable
    Object get(StoreKey key, Type type) {
        return all.due() == null
                ? valueOrNull(values.get(key, type))
                : read(keys -> values.get(key, type, keys), null, TagGroups.NONE)
                        .value();
    }

    /** The values of several entries: in one round trip, and one more if they have tags. */
    Map<StoreKey, Object> getMany(List<StoreKey> keys, Type type) {
        all.refresh();
        Map<StoreKey, Entry<Object>> entries = values.getMany(keys, type);
        Map<StoreKey, Generations> generations = new HashMap<>();
        entries.forEach((key, entry) -> generations.put(key, entry.generations()));
        Map<StoreKey, Object> live = new HashMap<>();
        for (StoreKey key : living(generations)) {
            live.put(key, requireNonNull(entries.get(key)).value());
        }
        return live;
    }

    /** How many of these keys have an entry that no invalidation has ended. */
    int count(List<StoreKey> keys) {
        all.refresh();
        int live = 0;
        for (int from = 0; from < keys.size(); from += BATCH_ENTRIES) {
            List<StoreKey> batch = keys.subList(from, Math.min(keys.size(), from + BATCH_ENTRIES));
            live += living(values.generationsOf(batch)).size();
        }
        return live;
    }

    private Set<StoreKey> living(Map<StoreKey, Generations> entries) {
        Set<String> tags = new HashSet<>();
        entries.values().forEach(generations -> tags.addAll(generations.tags().keySet()));
        Map<String, Long> current = groups.ofTags(tags).current();
        Set<StoreKey> live = new HashSet<>();
        entries.forEach((key, its) -> {
            if (its == Generations.ENDLESS || (all.includes(its.all()) && areAllIn(its.tags(), current))) {
                live.add(key);
            }
        });
        return live;
    }

    /** The value of an entry that was read, unless it was invalidated. */
    <T> @Nullable T valueOrNull(@Nullable Entry<T> entry) {
        return entry != null && isLive(entry.generations(), Map.of()) ? entry.value() : null;
    }

    /**
     * Reads an entry with the generations that it must belong to: in one round trip if it has no other tags.
     *
     * @param uri the key of the generation of its URI; null if it has none in the store
     */
    <T> LiveValue<T> read(Reader<T> reader, @Nullable StoreKey uri, TagGroups tags) {
        StoreKey due = all.due();
        List<StoreKey> keys = new ArrayList<>(tags.keys());
        int uriAt = keys.size();
        if (uri != null) {
            keys.add(uri);
        }
        if (due != null) {
            keys.add(due);
        }
        long started = all.nanos();
        EntryAndGenerations<T> read = reader.read(keys);
        long[] generations = read.generations();
        if (due != null) {
            all.noteRead(generations[keys.size() - 1], started);
        }
        Entry<T> entry = read.entry();
        if (entry != null && isLive(entry.generations(), tags)) {
            return new LiveValue<>(entry.value(), Map.of(), uri == null ? 0 : generations[uriAt], entry.generations());
        }
        Map<String, Long> current = tags.isEmpty() ? Map.of() : tags.current(generations);
        T value = entry != null && isLive(entry.generations(), current) ? entry.value() : null;
        return new LiveValue<>(
                value,
                current,
                uri == null ? 0 : generations[uriAt],
                value == null || entry == null ? null : entry.generations());
    }

    /** Whether there is an entry that no invalidation has ended. */
    boolean contains(StoreKey key) {
        return generationsOf(key) != null;
    }

    /** The generations of an entry; null if there is none, or an invalidation has ended it. */
    @Nullable
    Generations generationsOf(StoreKey key) {
        all.refresh();
        return liveOrNull(values.generationsOf(key));
    }

    /** Generations that no invalidation has ended; null if one has, or there is no entry. */
    @Nullable
    Generations liveOrNull(@Nullable Generations generations) {
        return isLive(generations) ? generations : null;
    }

    /** Whether an entry with these generations is live; they are null if there is no entry. */
    boolean isLive(@Nullable Generations generations) {
        return generations != null && isLive(generations, Map.of());
    }

    /**
     * Whether an entry belongs to current generations only.
     *
     * @param current current generations, all of which the entry must belong to; those of its other tags are read
     */
    private boolean isLive(Generations entry, Map<String, Long> current) {
        if (entry == Generations.ENDLESS) {
            return true;
        }
        Map<String, Long> tags = entry.tags();
        if (!all.includes(entry.all())) {
            return false;
        }
        if (tags.isEmpty()) {
            return current.isEmpty();
        }
        for (Map.Entry<String, Long> tag : current.entrySet()) {
            if (!isSame(tags.get(tag.getKey()), tag.getValue())) {
                return false;
            }
        }
        return tags.size() == current.size() || areCurrent(tags, current.keySet());
    }

    /** Whether this process keeps the generations of all tags of an entry, and the entry belongs to them. */
    private boolean isLive(Generations entry, TagGroups tags) {
        return !tags.isEmpty() && all.includes(entry.all()) && tags.areIn(entry.tags());
    }

    private boolean areCurrent(Map<String, Long> tags, Set<String> checked) {
        Map<String, Long> others = new HashMap<>(tags);
        others.keySet().removeAll(checked);
        return areAllIn(others, groups.ofTags(others.keySet()).current());
    }

    private static boolean areAllIn(Map<String, Long> tags, Map<String, Long> current) {
        return tags.entrySet().stream().allMatch(tag -> isSame(tag.getValue(), current.get(tag.getKey())));
    }

    private static boolean isSame(@Nullable Long generation, @Nullable Long current) {
        return generation != null && generation != 0 && generation.equals(current);
    }
}
