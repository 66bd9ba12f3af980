package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The operations of the service on many keys at once. Thread-safe. */
final class ManyEntries {

    private final Region region;
    private final Operations operations;
    private final List<String> tags;

    /** @param tags the tags of what it stores */
    ManyEntries(Region region, Operations operations, List<String> tags) {
        this.region = region;
        this.operations = operations;
        this.tags = tags;
    }

    <T> Map<String, T> get(Collection<String> keys, Type type) {
        Map<String, StoreKey> stored = keys(keysOf(keys));
        return operations.<Map<String, T>>run("getMany", stored.keySet(), new LinkedHashMap<>(), () -> {
            Map<String, T> hits = Map.of();
            try {
                hits = hits(stored, type);
            } finally {
                countReads(stored.keySet(), hits);
            }
            return hits;
        });
    }

    <T> CompletionStage<Map<String, T>> getAsync(Collection<String> keys, Type type) {
        Set<String> distinct = keysOf(keys);
        return operations.start("getMany", distinct, new LinkedHashMap<>(), () -> {
            Map<String, StoreKey> stored = keys(distinct);
            return Operations.<Map<String, T>>counted(
                    () -> region.async().onThreads(() -> hits(stored, type)),
                    hits -> countReads(distinct, hits),
                    () -> countReads(distinct, Map.of()));
        });
    }

    private void countReads(Set<String> keys, Map<String, ?> hits) {
        keys.forEach(key -> region.countRead(hits.get(key)));
    }

    @SuppressWarnings("unchecked") // the values are of the type
    private <T> Map<String, T> hits(Map<String, StoreKey> keys, Type type) {
        Map<StoreKey, Object> values = region.getMany(List.copyOf(keys.values()), type);
        Map<String, T> hits = new LinkedHashMap<>();
        for (Map.Entry<String, StoreKey> key : keys.entrySet()) {
            Object value = values.get(key.getValue());
            if (value != null) {
                hits.put(key.getKey(), (T) value);
            }
        }
        return hits;
    }

    /** The distinct keys, in their order. */
    private static Set<String> keysOf(Collection<String> keys) {
        Set<String> distinct = new LinkedHashSet<>(requireNonNull(keys, "keys"));
        distinct.forEach(key -> requireNonNull(key, "key"));
        return distinct;
    }

    private Map<String, StoreKey> keys(Set<String> distinct) {
        Map<String, StoreKey> stored = new LinkedHashMap<>();
        distinct.forEach(key -> stored.put(key, region.key(key)));
        return stored;
    }

    Set<String> set(Map<String, ?> entries, Duration ttl) {
        Map<String, ?> copy = copyOf(entries);
        Supplier<Set<String>> operation = settingMany(copy, ttl);
        return operations.run("setMany", copy.keySet(), keysOf(copy.keySet()), operation);
    }

    CompletionStage<Set<String>> setAsync(Map<String, ?> entries, Duration ttl) {
        Map<String, ?> copy = copyOf(entries);
        requireNonNull(ttl, "ttl");
        return operations.startOnThreads("setMany", copy.keySet(), keysOf(copy.keySet()), () -> settingMany(copy, ttl));
    }

    private static Map<String, ?> copyOf(Map<String, ?> entries) {
        Map<String, ?> copy = new LinkedHashMap<>(requireNonNull(entries, "entries"));
        copy.forEach((key, value) -> {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
        });
        return copy;
    }

    /** Writes the values now, and stores them afterwards. If one cannot be written, none is stored. */
    private Supplier<Set<String>> settingMany(Map<String, ?> entries, Duration ttl) {
        Map<StoreKey, String> keys = new LinkedHashMap<>();
        Map<StoreKey, PreparedValue> prepared = new LinkedHashMap<>();
        boolean ends = CacheService.hasExpired(ttl);
        entries.forEach((key, value) -> {
            StoreKey stored = region.key(key);
            keys.put(stored, key);
            if (!ends) {
                prepared.put(stored, region.prepare(stored, Generations.NONE, value));
            }
        });
        return () -> {
            Set<String> notStored = new LinkedHashSet<>();
            Set<StoreKey> left = ends ? region.removeMany(keys.keySet()) : region.setMany(prepared, tags, new Ttl(ttl));
            left.forEach(key -> notStored.add(keys.get(key)));
            return notStored;
        };
    }

    int delete(Collection<String> keys) {
        Map<String, StoreKey> stored = keys(keysOf(keys));
        return operations.run("deleteMany", stored.keySet(), 0, () -> deleted(stored.values()));
    }

    CompletionStage<Integer> deleteAsync(Collection<String> keys) {
        Set<String> distinct = keysOf(keys);
        return operations.startOnThreads("deleteMany", distinct, 0, () -> {
            Map<String, StoreKey> stored = keys(distinct);
            return () -> deleted(stored.values());
        });
    }

    private int deleted(Collection<StoreKey> keys) {
        int deleted = region.deleteMany(keys);
        region.events().removed(deleted);
        return deleted;
    }
}
