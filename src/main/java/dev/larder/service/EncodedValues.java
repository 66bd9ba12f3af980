package dev.larder.service;

import dev.larder.CacheValueException;
import dev.larder.codec.ResponseCodec;
import dev.larder.codec.ValueCodec;
import dev.larder.http.StoredResponse;
import dev.larder.key.KeyLayout;
import dev.larder.key.StoreKey;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Ttl;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as bytes, in the versioned envelope. */
record EncodedValues(
        String name, CacheBackend backend, ValueCodec values, ResponseCodec responses, EntryReports reports)
        implements Values {

    @Override
    public @Nullable Object get(StoreKey key, Type type) {
        return decoded(key, backend.get(key.text()), type);
    }

    @Nullable
    Object decoded(StoreKey key, byte @Nullable [] bytes, Type type) {
        return bytes == null ? null : reports.orNull(key, values.decode(key, bytes, type));
    }

    @Override
    public PreparedValue prepare(StoreKey key, Object value) {
        byte[] bytes = encoded(key, value);
        return new PreparedValue() {
            @Override
            public boolean store(Ttl ttl) {
                return set(key, bytes, ttl);
            }

            @Override
            public @Nullable Object read(Type type) {
                return reports.orNull(key, values.decode(key, bytes, type));
            }
        };
    }

    byte[] encoded(StoreKey key, Object value) {
        try {
            return values.encode(key, value);
        } catch (CacheValueException e) {
            throw new CacheValueException(
                    "Backend '" + name + "', key '" + KeyLayout.shown(key.text()) + "': " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable StoredResponse getResponse(StoreKey key) {
        byte[] bytes = backend.get(key.text());
        return bytes == null ? null : reports.orNull(key, responses.decode(key, bytes));
    }

    @Override
    public Numbered getResponse(StoreKey key, StoreKey number) {
        Map<String, byte[]> found = backend.getMany(List.of(number.text(), key.text()));
        byte[] digits = found.get(number.text());
        byte[] bytes = found.get(key.text());
        return new Numbered(
                Numbered.of(digits == null ? null : reports.orNull(number, values.decode(number, digits, Long.class))),
                bytes == null ? null : reports.orNull(key, responses.decode(key, bytes)));
    }

    @Override
    public boolean setResponse(StoreKey key, StoredResponse response, Ttl ttl) {
        return set(key, responses.encode(key, response), ttl);
    }

    private boolean set(StoreKey key, byte[] bytes, Ttl ttl) {
        return told(key, bytes, backend.set(key.text(), bytes, ttl));
    }

    boolean told(StoreKey key, byte[] bytes, boolean taken) {
        if (!taken) {
            reports.tooLarge(key, bytes.length);
        }
        return taken;
    }
}
