package dev.larder.service;

import dev.larder.http.Reason;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.reflect.ResolvedType;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Values kept as they are, typed by {@code instanceof}. */
record References(GuardedReferenceBackend backend, EntryWarnings reports) implements Values {

    /** The number of bytes that a value counts if its size is unknown. */
    private static final long REFERENCE_BYTES = 256;

    @Override
    public @Nullable Entry<Object> get(StoreKey key, Type type) {
        Object held = backend.getReference(key);
        return held == null ? null : as(key, held, type);
    }

    @Override
    public EntryAndGenerations<Object> get(StoreKey key, Type type, List<StoreKey> generations) {
        long[] read = generations(generations); // before the entry: what is stored under them is no older
        return new EntryAndGenerations<>(get(key, type), read);
    }

    @Override
    public Map<StoreKey, Entry<Object>> getMany(List<StoreKey> keys, Type type) {
        Map<StoreKey, Entry<Object>> entries = new HashMap<>();
        for (StoreKey key : keys) {
            Entry<Object> entry = get(key, type);
            if (entry != null) {
                entries.put(key, entry);
            }
        }
        return entries;
    }

    @Override
    public <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Entry<Object>, T> then) {
        return backend.getReferenceAsync(key, held -> then.apply(held == null ? null : as(key, held, type)));
    }

    @Override
    public @Nullable Generations generationsOf(StoreKey key) {
        Object held = backend.getReference(key);
        return held == null ? null : entry(held).generations();
    }

    @Override
    public Map<StoreKey, Generations> generationsOf(List<StoreKey> keys) {
        Map<StoreKey, Generations> generations = new HashMap<>();
        for (StoreKey key : keys) {
            Generations its = generationsOf(key);
            if (its != null) {
                generations.put(key, its);
            }
        }
        return generations;
    }

    @Override
    public <T> CompletionStage<T> generationsOfAsync(StoreKey key, Function<@Nullable Generations, T> then) {
        return backend.getReferenceAsync(
                key, held -> then.apply(held == null ? null : entry(held).generations()));
    }

    @Override
    public long[] generations(List<StoreKey> keys) {
        long[] numbers = new long[keys.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = backend.getReference(keys.get(i)) instanceof Long number ? number : 0;
        }
        return numbers;
    }

    @SuppressWarnings("unchecked") // every value is an object
    private static Entry<Object> entry(Object held) {
        return held instanceof Entry<?> entry ? (Entry<Object>) entry : new Entry<>(held, Generations.ENDLESS);
    }

    private @Nullable Entry<Object> as(StoreKey key, Object held, Type type) {
        Entry<Object> entry = entry(held);
        Class<?> raw = ResolvedType.rawType(type);
        if (raw.isInstance(entry.value())) {
            return entry;
        }
        Object number = wholeNumber(entry.value(), raw);
        if (number == null) {
            reports.unreadable(key, "a " + entry.value().getClass().getName() + " is no " + type.getTypeName());
            return null;
        }
        return new Entry<>(number, entry.generations());
    }

    /** A whole number as another of the four types of whole numbers, if that can hold it. */
    private static @Nullable Object wholeNumber(Object value, Class<?> type) {
        if (!isWhole(value)) {
            return null;
        }
        long number = ((Number) value).longValue();
        if (type == Long.class) {
            return number;
        }
        if (type == Integer.class && number == (int) number) {
            return (int) number;
        }
        if (type == Short.class && number == (short) number) {
            return (short) number;
        }
        return type == Byte.class && number == (byte) number ? (byte) number : null;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
    }

    @Override
    public Map<StoreKey, Reason> setMany(Map<StoreKey, PreparedValue> prepared, Ttl ttl) {
        Map<StoreKey, Reason> notStored = new LinkedHashMap<>();
        prepared.forEach((key, value) -> {
            if (!value.store(ttl)) {
                notStored.put(key, Reason.BODY_SIZE);
            }
        });
        return notStored;
    }

    @Override
    public boolean deleteUnless(Predicate<Generations> live, StoreKey key) {
        synchronized (backend) {
            Generations generations = generationsOf(key);
            return generations == null || (!live.test(generations) && backend.delete(key));
        }
    }

    @Override
    public boolean setNumber(StoreKey key, long number, Ttl ttl) {
        return set(key, number, REFERENCE_BYTES, ttl);
    }

    /** Stores the number as a reference, since no other process shares the entries. */
    @Override
    public boolean addNumber(StoreKey key, long number, Ttl ttl) {
        return setIfAbsent(key, number, REFERENCE_BYTES, ttl);
    }

    private boolean setIfAbsent(StoreKey key, Object held, long bytes, Ttl ttl) {
        synchronized (backend) {
            return !backend.hasKey(key) && set(key, held, bytes, ttl);
        }
    }

    @Override
    public PreparedValue prepare(StoreKey key, Generations generations, Object value) {
        boolean counter = isWhole(value) && ((Number) value).longValue() >= 0;
        return new Prepared(key, value, counter ? value : new Entry<>(value, generations));
    }

    @Override
    public PreparedValue prepare(StoreKey key, Generations generations, Object value, Type declared) {
        return new Prepared(key, value, new Entry<>(value, generations));
    }

    private final class Prepared implements PreparedValue {
        private final StoreKey key;
        private final Object value;
        private final Object held;

        Prepared(StoreKey key, Object value, Object held) {
            this.key = key;
            this.value = value;
            this.held = held;
        }

        @Override
        public boolean store(Ttl ttl) {
            return set(key, held, bytes(value), ttl);
        }

        @Override
        public boolean storeIfAbsent(Ttl ttl) {
            return setIfAbsent(key, held, bytes(value), ttl);
        }

        @Override
        public void reportTooLarge() {
            // reported when it was stored
        }

        @Override
        public CompletionStage<Boolean> storeAsync(Ttl ttl) {
            long bytes = bytes(value);
            return backend.setReferenceAsync(key, held, bytes, ttl, taken -> reported(key, bytes, taken));
        }

        @Override
        public PreparedValue with(Generations generations) {
            return held instanceof Entry<?> ? new Prepared(key, value, new Entry<>(value, generations)) : this;
        }

        @Override
        public @Nullable Object read(Type type) {
            Entry<Object> entry = as(key, held, type);
            return entry == null ? null : entry.value();
        }
    }

    private static long bytes(Object value) {
        if (value instanceof String text) {
            return utf8Length(text);
        }
        return value instanceof byte[] bytes ? bytes.length : REFERENCE_BYTES;
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // a surrogate pair takes four bytes, two for each half
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    @Override
    @SuppressWarnings("unchecked") // as is checked
    public @Nullable Entry<StoredResponse> getResponse(StoreKey key) {
        Object held = backend.getReference(key);
        if (held == null) {
            return null;
        }
        if (held instanceof Entry<?> entry && entry.value() instanceof StoredResponse) {
            return (Entry<StoredResponse>) entry;
        }
        Object value = held instanceof Entry<?> entry ? entry.value() : held;
        reports.unreadable(key, "a " + value.getClass().getName() + " is no stored response");
        return null;
    }

    @Override
    public EntryAndGenerations<StoredResponse> getResponse(StoreKey key, List<StoreKey> generations) {
        long[] read = generations(generations); // before the entry: what is stored under them is no older
        return new EntryAndGenerations<>(getResponse(key), read);
    }

    @Override
    public boolean setResponse(StoreKey key, Generations generations, StoredResponse response, Ttl ttl) {
        Entry<StoredResponse> entry = new Entry<>(response, generations);
        return set(key, entry, response.body().length + response.fields().length(), ttl);
    }

    private boolean set(StoreKey key, Object value, long bytes, Ttl ttl) {
        return reported(key, bytes, backend.setReference(key, value, bytes, ttl));
    }

    private boolean reported(StoreKey key, long bytes, boolean taken) {
        if (!taken) {
            reports.tooLarge(key, bytes);
        }
        return taken;
    }
}
