package dev.larder.codec;

import dev.larder.CacheValueException;
import dev.larder.key.StoreKey;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values of an application as bytes of a store, and decodes them: text, bytes, numbers and booleans directly,
 * everything else as JSON. Never Java serialization.
 *
 * <p>A stored value reads as its own type and the types above it; a whole number reads as any of Byte, Short, Integer
 * and Long that can hold it. There is no other conversion. Thread-safe.
 */
public final class ValueCodec {

    private final JsonCodec json;

    /**
     * Creates a codec.
     *
     * @param jsonb called only when a value is written or read as JSON
     */
    public ValueCodec(Supplier<Jsonb> jsonb) {
        this.json = new JsonCodec(jsonb);
    }

    /**
     * Writes a value that will be read as its own class, and its elements as theirs.
     *
     * @throws CacheValueException if it cannot be written, or would read back as another value; the message names its
     *     type
     */
    public byte[] encode(StoreKey key, Object value) {
        return written(key, value, null);
    }

    /**
     * Writes a value that will be read as a declared type.
     *
     * @throws CacheValueException if it cannot be written, or would read back as another value; the message names its
     *     type
     */
    public byte[] encode(StoreKey key, Object value, Type declared) {
        Class<?> raw = ResolvedType.rawType(declared);
        if (isSmallerWhole(value) && raw != value.getClass()) {
            throw new CacheValueException("A value of type " + value.getClass().getName()
                    + " would read back as a Long, for it is declared as " + declared.getTypeName());
        }
        return written(key, value, declared);
    }

    private static boolean isSmallerWhole(Object value) {
        return value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /**
     * The JSON of an object that reads back as its class, even its fields with {@code JsonbTransient}.
     *
     * @throws CacheValueException if it cannot be written, or would read back as another value; the message names its
     *     type
     */
    public String json(Object value) {
        return json.text(value, null, true);
    }

    /**
     * Whether a class of a collection or map belongs to the application and has fields besides its elements, which
     * JSON-B does not write.
     */
    public static boolean hasMoreThanElements(Class<?> type) {
        return RuntimeType.holdsMore(type);
    }

    private byte[] written(StoreKey key, Object value, @Nullable Type declared) {
        if (value instanceof String text) {
            return EnvelopeWriter.ofText(Kind.TEXT, key, text, text);
        }
        if (value instanceof byte[] bytes) {
            return new EnvelopeWriter(Kind.BYTES, key, 0).finish(bytes);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            long number = ((Number) value).longValue();
            return number >= 0 ? Decimal.bytes(number) : fixed(Kind.WHOLE, key, number, Long.BYTES);
        }
        if (value instanceof Boolean truth) {
            return fixed(Kind.BOOLEAN, key, truth ? 1 : 0, 1);
        }
        if (value instanceof Character character) {
            return fixed(Kind.CHARACTER, key, character, Character.BYTES);
        }
        if (value instanceof Float number) {
            return fixed(Kind.FLOAT, key, Float.floatToRawIntBits(number), Float.BYTES);
        }
        if (value instanceof Double number) {
            return fixed(Kind.DOUBLE, key, Double.doubleToRawLongBits(number), Double.BYTES);
        }
        return json.encode(key, value, declared);
    }

    /** Reads bytes as a value of a type. Never throws, whatever the bytes are. */
    public Decoded<Object> decode(StoreKey key, byte[] bytes, Type type) {
        if (Decimal.begins(bytes)) {
            long number = Decimal.number(bytes);
            return number >= 0
                    ? whole(number, type)
                    : new Decoded.Unreadable<>("it begins with a digit and is no whole number up to 2^63-1");
        }
        Envelope.Opened opened = Envelope.open(key, bytes);
        if (opened instanceof Envelope.Opened.Open open) {
            return read(open.envelope(), type);
        }
        return opened instanceof Envelope.Opened.Unreadable unreadable
                ? new Decoded.Unreadable<>(unreadable.reason())
                : new Decoded.OtherKey<>();
    }

    private Decoded<Object> read(Envelope envelope, Type type) {
        EnvelopeReader payload = envelope.payload();
        try {
            return switch (envelope.kind()) {
                case TEXT -> as(type, payload.text(payload.remaining()), envelope.kind());
                case BYTES -> as(type, bytes(payload), envelope.kind());
                case WHOLE -> whole(payload.last(Long.BYTES), type);
                case BOOLEAN -> as(type, payload.last(1) != 0, envelope.kind());
                case CHARACTER -> as(type, (char) payload.last(Character.BYTES), envelope.kind());
                case FLOAT -> as(type, Float.intBitsToFloat((int) payload.last(Float.BYTES)), envelope.kind());
                case DOUBLE -> as(type, Double.longBitsToDouble(payload.last(Double.BYTES)), envelope.kind());
                case JSON -> json(payload, type);
                case RESPONSE, DATED_RESPONSE -> wrongKind(envelope.kind(), type);
            };
        } catch (EnvelopeReader.Malformed e) {
            return new Decoded.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    private Decoded<Object> json(EnvelopeReader payload, Type type) {
        Class<?> raw = ResolvedType.rawType(type);
        boolean direct = raw == String.class
                || raw == byte[].class
                || raw == Boolean.class
                || raw == Character.class
                || (Number.class.isAssignableFrom(raw)
                        && raw.getPackageName().equals("java.lang")
                        && raw != Number.class);
        return direct ? wrongKind(Kind.JSON, type) : json.decode(payload, type);
    }

    private static Decoded<Object> whole(long number, Type type) {
        Class<?> raw = ResolvedType.rawType(type);
        if (raw == Integer.class && number == (int) number) {
            return new Decoded.Value<>((int) number);
        }
        if (raw == Short.class && number == (short) number) {
            return new Decoded.Value<>((short) number);
        }
        if (raw == Byte.class && number == (byte) number) {
            return new Decoded.Value<>((byte) number);
        }
        return raw.isInstance(number)
                ? new Decoded.Value<>(number)
                : new Decoded.Unreadable<>(
                        "it holds the whole number " + number + ", asked for was " + type.getTypeName());
    }

    private static Decoded<Object> as(Type type, Object value, Kind kind) {
        return ResolvedType.rawType(type).isInstance(value) ? new Decoded.Value<>(value) : wrongKind(kind, type);
    }

    private static Decoded<Object> wrongKind(Kind kind, Type type) {
        return new Decoded.Unreadable<>("it holds " + kind.description + ", asked for was " + type.getTypeName());
    }

    private static byte[] fixed(Kind kind, StoreKey key, long bits, int count) {
        EnvelopeWriter writer = new EnvelopeWriter(kind, key, count);
        writer.number(bits, count);
        return writer.finish();
    }

    private static byte[] bytes(EnvelopeReader payload) throws EnvelopeReader.Malformed {
        int from = payload.skip(payload.remaining());
        return Arrays.copyOfRange(payload.bytes, from, payload.bytes.length);
    }
}
