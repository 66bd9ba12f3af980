package dev.larder.codec;

import dev.larder.CacheValueException;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.function.Supplier;

/** Stub. */
public final class ValueCodec {

    private final Supplier<Jsonb> jsonb;

    public ValueCodec(Supplier<Jsonb> jsonb) {
        this.jsonb = jsonb;
    }

    /** Writes. @throws CacheValueException if it cannot be written */
    public byte[] encode(StoreKey key, Object value) throws CacheValueException {
        return (jsonb + key.text() + value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    public Decoded<Object> decode(StoreKey key, byte[] bytes, Type type) {
        return new Decoded.Unreadable<>("not yet: " + key + bytes.length + type);
    }
}
