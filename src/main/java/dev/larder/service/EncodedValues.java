package dev.larder.service;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheValueException;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.http.Reason;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values as bytes, in the versioned envelope. */
record EncodedValues(
        String name, GuardedBackend backend, ValueCodec values, ResponseCodec responses, EntryWarnings reports)
        implements Values {

    @Override
    public @Nullable Entry<Object> get(StoreKey key, Type type) {
        return decoded(key, backend.get(key), type);
    }

    @Override
    public EntryAndGenerations<Object> get(StoreKey key, Type type, List<StoreKey> generations) {
        if (generations.isEmpty()) {
            return new EntryAndGenerations<>(get(key, type), new long[0]);
        }
        Map<String, byte[]> read = backend.getMany(key, generations);
        return new EntryAndGenerations<>(decoded(key, read.get(key.text()), type), numbers(read, generations));
    }

    @Override
    public Map<StoreKey, Entry<Object>> getMany(List<StoreKey> keys, Type type) {
        Map<String, byte[]> read = backend.getMany(keys);
        Map<StoreKey, Entry<Object>> entries = new HashMap<>();
        for (StoreKey key : keys) {
            Entry<Object> entry = decoded(key, read.get(key.text()), type);
            if (entry != null) {
                entries.put(key, entry);
            }
        }
        return entries;
    }

    @Override
    public <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Entry<Object>, T> then) {
        return backend.getAsync(key, bytes -> then.apply(decoded(key, bytes, type)));
    }

    private @Nullable Entry<Object> decoded(StoreKey key, byte @Nullable [] bytes, Type type) {
        return bytes == null ? null : reports.entryOrNull(key, values.decode(key, bytes, type));
    }

    @Override
    public @Nullable Generations generationsOf(StoreKey key) {
        byte[] bytes = backend.get(key);
        return bytes == null ? null : ValueCodec.generations(key, bytes);
    }

    @Override
    public Map<StoreKey, Generations> generationsOf(List<StoreKey> keys) {
        Map<String, byte[]> read = backend.getMany(keys);
        Map<StoreKey, Generations> generations = new HashMap<>();
        for (StoreKey key : keys) {
            byte[] bytes = read.get(key.text());
            if (bytes != null) {
                generations.put(key, ValueCodec.generations(key, bytes));
            }
        }
        return generations;
    }

    @Override
    public <T> CompletionStage<T> generationsOfAsync(StoreKey key, Function<@Nullable Generations, T> then) {
        return backend.getAsync(key, bytes -> then.apply(bytes == null ? null : ValueCodec.generations(key, bytes)));
    }

    @Override
    public long[] generations(List<StoreKey> keys) {
        return numbers(backend.getMany(keys.get(0), keys.subList(1, keys.size())), keys);
    }

    private long[] numbers(Map<String, byte[]> read, List<StoreKey> keys) {
        long[] numbers = new long[keys.size()];
        for (int i = 0; i < numbers.length; i++) {
            StoreKey key = keys.get(i);
            Entry<Object> number = decoded(key, read.get(key.text()), Long.class);
            numbers[i] = number == null ? 0 : (Long) number.value();
        }
        return numbers;
    }

    @Override
    public Map<StoreKey, Reason> setMany(Map<StoreKey, PreparedValue> prepared, Ttl ttl) {
        Map<StoreKey, byte[]> entries = new LinkedHashMap<>();
        prepared.forEach((key, value) -> entries.put(key, ((Prepared) value).bytes));
        Map<StoreKey, Reason> notStored = backend.setMany(entries, ttl);
        notStored.forEach((key, reason) -> {
            if (reason == Reason.BODY_SIZE) {
                reports.tooLarge(key, requireNonNull(entries.get(key)).length);
            }
        });
        return notStored;
    }

    @Override
    public boolean deleteUnless(Predicate<Generations> live, StoreKey key) {
        byte[] bytes = backend.get(key);
        return bytes == null || (!live.test(ValueCodec.generations(key, bytes)) && backend.deleteIf(key, bytes));
    }

    @Override
    public boolean setNumber(StoreKey key, long number, Ttl ttl) {
        return set(key, encoded(key, () -> values.encode(key, number)), ttl);
    }

    @Override
    public boolean addNumber(StoreKey key, long number, Ttl ttl) {
        return backend.setIfAbsent(key, encoded(key, () -> values.encode(key, number)), ttl);
    }

    @Override
    public PreparedValue prepare(StoreKey key, Generations generations, Object value) {
        return new Prepared(key, encoded(key, () -> values.encode(key, generations, value)));
    }

    @Override
    public PreparedValue prepare(StoreKey key, Generations generations, Object value, Type declared) {
        return new Prepared(key, encoded(key, () -> values.encode(key, generations, value, declared)));
    }

    private final class Prepared implements PreparedValue {
        private final StoreKey key;
        private final byte[] bytes;

        Prepared(StoreKey key, byte[] bytes) {
            this.key = key;
            this.bytes = bytes;
        }

        @Override
        public boolean store(Ttl ttl) {
            return set(key, bytes, ttl);
        }

        @Override
        public boolean storeIfAbsent(Ttl ttl) {
            return backend.setIfAbsent(key, bytes, ttl);
        }

        @Override
        public void reportTooLarge() {
            reports.tooLarge(key, bytes.length);
        }

        @Override
        public CompletionStage<Boolean> storeAsync(Ttl ttl) {
            return backend.setAsync(key, bytes, ttl, taken -> reported(key, bytes.length, taken));
        }

        @Override
        public PreparedValue with(Generations generations) {
            return new Prepared(key, ValueCodec.withGenerations(key, generations, bytes));
        }

        @Override
        public @Nullable Object read(Type type) {
            Entry<Object> entry = decoded(key, bytes, type);
            return entry == null ? null : entry.value();
        }
    }

    private byte[] encoded(StoreKey key, Supplier<byte[]> encoder) {
        try {
            return encoder.get();
        } catch (CacheValueException e) {
            throw new CacheValueException("Backend '" + name + "', key '" + key.shown() + "': " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Entry<StoredResponse> getResponse(StoreKey key) {
        return response(key, backend.get(key));
    }

    @Override
    public EntryAndGenerations<StoredResponse> getResponse(StoreKey key, List<StoreKey> generations) {
        if (generations.isEmpty()) {
            return new EntryAndGenerations<>(getResponse(key), new long[0]);
        }
        Map<String, byte[]> read = backend.getMany(key, generations);
        return new EntryAndGenerations<>(response(key, read.get(key.text())), numbers(read, generations));
    }

    private @Nullable Entry<StoredResponse> response(StoreKey key, byte @Nullable [] bytes) {
        return bytes == null ? null : reports.entryOrNull(key, responses.decode(key, bytes));
    }

    @Override
    public boolean setResponse(StoreKey key, Generations generations, StoredResponse response, Ttl ttl) {
        return set(key, responses.encode(key, generations, response), ttl);
    }

    private boolean set(StoreKey key, byte[] bytes, Ttl ttl) {
        return reported(key, bytes.length, backend.set(key, bytes, ttl));
    }

    private boolean reported(StoreKey key, int length, boolean taken) {
        if (!taken) {
            reports.tooLarge(key, length);
        }
        return taken;
    }
}
