package dev.larder.codec;

import dev.larder.http.Fields;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import java.util.Arrays;

/**
 * Encodes stored HTTP responses as bytes of a store, and decodes them. The payload is a published contract: the number
 * of the generation if the response belongs to one, status, time of storing in milliseconds, initial age in seconds,
 * lifetime in milliseconds, number of field lines (all of them 7 bits per byte, lowest first); then each name and each
 * value after its length in bytes of UTF-8; then the body. Thread-safe.
 */
public final class ResponseCodec {

    private static final int EXPECTED_HEAD_BYTES = 32;

    /** Writes a response. */
    public byte[] encode(StoreKey key, Generations generations, StoredResponse response) {
        Fields fields = response.fields();
        int expected =
                (int) Math.min(Integer.MAX_VALUE / 2, EXPECTED_HEAD_BYTES + 2L * fields.size() + fields.length());
        boolean dated = response.generation() != 0;
        EnvelopeWriter writer =
                new EnvelopeWriter(dated ? Kind.DATED_RESPONSE : Kind.RESPONSE, key, generations, expected);
        if (dated) {
            writer.varint(response.generation());
        }
        writer.varint(response.status());
        writer.varint(response.storedAtMillis());
        writer.varint(response.initialAge());
        writer.varint(response.lifetimeMillis());
        writer.varint(fields.size());
        fields.forEach((name, value) -> {
            writer.text(name);
            writer.text(value);
        });
        return writer.finish(response.body());
    }

    /** Reads a response. Never throws, whatever the bytes are. */
    public Decoded<StoredResponse> decode(StoreKey key, byte[] bytes) {
        Envelope.Opened opened = Envelope.open(key, bytes);
        if (opened instanceof Envelope.Opened.Unreadable unreadable) {
            return new Decoded.Unreadable<>(unreadable.reason());
        }
        if (!(opened instanceof Envelope.Opened.Open open)) {
            return new Decoded.OtherKey<>();
        }
        Envelope envelope = open.envelope();
        boolean dated = envelope.kind() == Kind.DATED_RESPONSE;
        if (!dated && envelope.kind() != Kind.RESPONSE) {
            return new Decoded.Unreadable<>("it holds " + envelope.kind().description + ", but a response is expected");
        }
        try {
            return new Decoded.Value<>(response(envelope.payload(), dated), envelope.generations());
        } catch (EnvelopeReader.Malformed e) {
            return new Decoded.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    private static StoredResponse response(EnvelopeReader payload, boolean dated) throws EnvelopeReader.Malformed {
        long generation = dated ? payload.varint() : 0;
        int status = (int) payload.varint();
        long storedAtMillis = payload.varint();
        long initialAge = payload.varint();
        long lifetimeMillis = payload.varint();
        Fields fields = fields(payload);
        byte[] body = Arrays.copyOfRange(payload.bytes, payload.skip(payload.remaining()), payload.bytes.length);
        return new StoredResponse(status, fields, body, storedAtMillis, initialAge, lifetimeMillis, generation);
    }

    private static Fields fields(EnvelopeReader payload) throws EnvelopeReader.Malformed {
        // each line has at least two bytes, the lengths of name and value
        int lines = payload.count(2);
        String[] namesAndValues = new String[2 * lines];
        for (int i = 0; i < namesAndValues.length; i++) {
            namesAndValues[i] = payload.text();
        }
        return Fields.of(namesAndValues);
    }
}
