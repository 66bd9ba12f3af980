package dev.larder.codec;

import dev.larder.CacheValueException;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.reflect.ResolvedType;
import dev.larder.spi.CounterDigits;
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
        return encode(key, Generations.NONE, value);
    }

    /** The same, for an entry that belongs to generations; a whole number from 0 belongs to none, as the store counts it. */
    public byte[] encode(StoreKey key, Generations generations, Object value) {
        long number = isWhole(value) ? ((Number) value).longValue() : -1;
        return number >= 0 ? CounterDigits.of(number) : written(key, generations, value, null);
    }

    /**
     * Writes a value that will be read as a declared type. A whole number is no counter.
     *
     * @throws CacheValueException if it cannot be written, or would read back as another value; the message names its
     *     type
     */
    public byte[] encode(StoreKey key, Generations generations, Object value, Type declared) {
        Class<?> raw = ResolvedType.rawType(declared);
        if (isSmallerWhole(value) && raw != value.getClass()) {
            throw new CacheValueException("A value of type " + value.getClass().getName()
                    + " would read back as a Long, for it is declared as " + declared.getTypeName());
        }
        return written(key, generations, value, declared);
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || isSmallerWhole(value);
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

    private byte[] written(StoreKey key, Generations generations, Object value, @Nullable Type declared) {
        if (value instanceof String text) {
            return EnvelopeWriter.ofText(Kind.TEXT, key, generations, text, text);
        }
        if (value instanceof byte[] bytes) {
            return new EnvelopeWriter(Kind.BYTES, key, generations, 0).finish(bytes);
        }
        if (isWhole(value)) {
            return fixed(Kind.WHOLE, key, generations, ((Number) value).longValue(), Long.BYTES);
        }
        if (value instanceof Boolean truth) {
            return fixed(Kind.BOOLEAN, key, generations, truth ? 1 : 0, 1);
        }
        if (value instanceof Character character) {
            return fixed(Kind.CHARACTER, key, generations, character, Character.BYTES);
        }
        if (value instanceof Float number) {
            return fixed(Kind.FLOAT, key, generations, Float.floatToRawIntBits(number), Float.BYTES);
        }
        if (value instanceof Double number) {
            return fixed(Kind.DOUBLE, key, generations, Double.doubleToRawLongBits(number), Double.BYTES);
        }
        return json.encode(key, generations, value, declared);
    }

    /** Reads bytes as a value of a type. Never throws, whatever the bytes are. */
    public Decoded<Object> decode(StoreKey key, byte[] bytes, Type type) {
        if (bytes.length > 0 && bytes[0] >= '0' && bytes[0] <= '9') {
            long number = CounterDigits.number(CounterDigits.withoutPadding(bytes));
            return number >= 0
                    ? counter(whole(number, type))
                    : new Decoded.Unreadable<>("it begins with a digit and is no whole number up to 2^63-1");
        }
        Envelope.Opened opened = Envelope.open(key, bytes);
        if (opened instanceof Envelope.Opened.Open open) {
            Decoded<Object> read = read(open.envelope(), type);
            Generations generations = open.envelope().generations();
            return generations != Generations.NONE && read instanceof Decoded.Value<Object> value
                    ? new Decoded.Value<>(value.value(), generations)
                    : read;
        }
        return opened instanceof Envelope.Opened.Unreadable unreadable
                ? new Decoded.Unreadable<>(unreadable.reason())
                : new Decoded.OtherKey<>();
    }

    /**
     * The generations that an entry belongs to, whatever it holds; {@link Generations#ENDLESS} if it is a counter, or
     * damaged.
     */
    public static Generations generations(StoreKey key, byte[] bytes) {
        return Envelope.open(key, bytes) instanceof Envelope.Opened.Open open
                ? open.envelope().generations()
                : Generations.ENDLESS;
    }

    /** The same entry with other generations; a counter stays as it is. */
    public static byte[] withGenerations(StoreKey key, Generations generations, byte[] bytes) {
        if (!(Envelope.open(key, bytes) instanceof Envelope.Opened.Open open)) {
            return bytes;
        }
        EnvelopeReader payload = open.envelope().payload();
        int length = payload.remaining();
        EnvelopeWriter writer = new EnvelopeWriter(open.envelope().kind(), key, generations, length);
        writer.put(bytes, bytes.length - length, length);
        return writer.finish();
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
                        "it holds the whole number " + number + ", but " + type.getTypeName() + " is expected");
    }

    private static Decoded<Object> counter(Decoded<Object> number) {
        return number instanceof Decoded.Value<Object> value
                ? new Decoded.Value<>(value.value(), Generations.ENDLESS)
                : number;
    }

    private static Decoded<Object> as(Type type, Object value, Kind kind) {
        return ResolvedType.rawType(type).isInstance(value) ? new Decoded.Value<>(value) : wrongKind(kind, type);
    }

    private static Decoded<Object> wrongKind(Kind kind, Type type) {
        return new Decoded.Unreadable<>(
                "it holds " + kind.description + ", but " + type.getTypeName() + " is expected");
    }

    private static byte[] fixed(Kind kind, StoreKey key, Generations generations, long bits, int count) {
        EnvelopeWriter writer = new EnvelopeWriter(kind, key, generations, count);
        writer.number(bits, count);
        return writer.finish();
    }

    private static byte[] bytes(EnvelopeReader payload) throws EnvelopeReader.Malformed {
        int from = payload.skip(payload.remaining());
        return Arrays.copyOfRange(payload.bytes, from, payload.bytes.length);
    }
}
