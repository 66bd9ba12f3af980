package dev.larder.service;

import dev.larder.CacheValueException;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.http.StoredResponse;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values as bytes, in the versioned envelope. */
record EncodedValues(
        String name, GuardedBackend backend, ValueCodec values, ResponseCodec responses, EntryWarnings reports)
        implements Values {

    @Override
    public @Nullable Object get(StoreKey key, Type type) {
        return decoded(key, backend.get(key), type);
    }

    @Override
    public <T> CompletionStage<T> getAsync(StoreKey key, Type type, Function<@Nullable Object, T> then) {
        return backend.getAsync(key, bytes -> then.apply(decoded(key, bytes, type)));
    }

    private @Nullable Object decoded(StoreKey key, byte @Nullable [] bytes, Type type) {
        return bytes == null ? null : reports.orNull(key, values.decode(key, bytes, type));
    }

    @Override
    public boolean set(StoreKey key, Object value, Ttl ttl) {
        return set(key, encoded(key, value), ttl);
    }

    @Override
    public boolean addNumber(StoreKey key, long number, Ttl ttl) {
        return backend.setIfAbsent(key, encoded(key, number), ttl);
    }

    @Override
    public PreparedValue prepare(StoreKey key, Object value, @Nullable Type declared) {
        byte[] bytes = declared == null
                ? encoded(key, value)
                : encoded(key, value, (itsKey, its) -> values.encode(itsKey, its, declared));
        return new PreparedValue() {
            @Override
            public boolean store(Ttl ttl) {
                return set(key, bytes, ttl);
            }

            @Override
            public CompletionStage<Boolean> storeAsync(Ttl ttl) {
                return backend.setAsync(key, bytes, ttl, taken -> reported(key, bytes.length, taken));
            }

            @Override
            public @Nullable Object read(Type type) {
                return reports.orNull(key, values.decode(key, bytes, type));
            }
        };
    }

    private byte[] encoded(StoreKey key, Object value) {
        return encoded(key, value, values::encode);
    }

    private byte[] encoded(StoreKey key, Object value, BiFunction<StoreKey, Object, byte[]> encoder) {
        try {
            return encoder.apply(key, value);
        } catch (CacheValueException e) {
            throw new CacheValueException("Backend '" + name + "', key '" + key.shown() + "': " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable StoredResponse getResponse(StoreKey key) {
        return response(key, backend.get(key));
    }

    @Override
    public ResponseAndGeneration getResponse(StoreKey key, StoreKey generation) {
        Map<String, byte[]> found = backend.getBoth(generation, key);
        return ResponseAndGeneration.of(
                response(key, found.get(key.text())), decoded(generation, found.get(generation.text()), Long.class));
    }

    private @Nullable StoredResponse response(StoreKey key, byte @Nullable [] bytes) {
        return bytes == null ? null : reports.orNull(key, responses.decode(key, bytes));
    }

    @Override
    public boolean setResponse(StoreKey key, StoredResponse response, Ttl ttl) {
        return set(key, responses.encode(key, response), ttl);
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
