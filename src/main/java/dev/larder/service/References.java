package dev.larder.service;

import dev.larder.codec.ResolvedType;
import dev.larder.http.StoredResponse;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values kept as they are, typed by {@code instanceof}. */
record References(GuardedReferenceBackend backend, EntryWarnings reports) implements Values {

    /** What a value counts whose size is not known. */
    private static final long REFERENCE_BYTES = 256;

    @Override
    public @Nullable Object get(StoreKey key, Type type) {
        Object value = backend.getReference(key);
        return value == null ? null : as(key, value, type);
    }

    @Override
    public <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Object, T> then) {
        return backend.getReferenceAsync(key, value -> then.apply(value == null ? null : as(key, value, type)));
    }

    private @Nullable Object as(StoreKey key, Object value, Type type) {
        Class<?> raw = ResolvedType.rawType(type);
        if (raw.isInstance(value)) {
            return value;
        }
        Object number = wholeNumber(value, raw);
        if (number == null) {
            reports.unreadable(key, "a " + value.getClass().getName() + " is no " + type.getTypeName());
        }
        return number;
    }

    /** A whole number as another of the four types of whole numbers, if that can hold it. */
    private static @Nullable Object wholeNumber(Object value, Class<?> type) {
        if (!(value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long)) {
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

    @Override
    public boolean set(StoreKey key, Object value, Ttl ttl) {
        return set(key, value, bytes(value), ttl);
    }

    /** Stores the number as a reference, since no other process shares the entries. */
    @Override
    public boolean addNumber(StoreKey key, long number, Ttl ttl) {
        synchronized (backend) {
            return !backend.hasKey(key) && set(key, number, ttl);
        }
    }

    @Override
    public PreparedValue prepare(StoreKey key, Object value, @Nullable Type declared) {
        return new PreparedValue() {
            @Override
            public boolean store(Ttl ttl) {
                return set(key, value, bytes(value), ttl);
            }

            @Override
            public CompletionStage<Boolean> storeAsync(Ttl ttl) {
                long bytes = bytes(value);
                return backend.setReferenceAsync(key, value, bytes, ttl, taken -> reported(key, bytes, taken));
            }

            @Override
            public @Nullable Object read(Type type) {
                return as(key, value, type);
            }
        };
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
    public @Nullable StoredResponse getResponse(StoreKey key) {
        Object value = backend.getReference(key);
        if (value == null || value instanceof StoredResponse) {
            return (StoredResponse) value;
        }
        reports.unreadable(key, "a " + value.getClass().getName() + " is no stored response");
        return null;
    }

    @Override
    public ResponseAndGeneration getResponse(StoreKey key, StoreKey generation) {
        Object first = get(generation, Long.class); // before the entry: what is stored under it is no older
        return ResponseAndGeneration.of(getResponse(key), first);
    }

    @Override
    public boolean setResponse(StoreKey key, StoredResponse response, Ttl ttl) {
        return set(key, response, response.body().length + response.fields().length(), ttl);
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
