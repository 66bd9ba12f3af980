package dev.larder.codec;

import dev.larder.http.Fields;
import dev.larder.http.StoredResponse;
import dev.larder.key.StoreKey;
import java.util.Arrays;

/**
 * Stored HTTP responses to the bytes of a store and back. The payload, a published contract: status, time of storing in
 * milliseconds, initial age in seconds, lifetime in milliseconds, number of field lines (all 7 bits a byte, lowest first),
 * each name and value behind its length in bytes of UTF-8, and the body to the end. Thread-safe.
 */
public final class ResponseCodec {

    private static final int EXPECTED_HEAD = 32;

    /** Writes a response. */
    public byte[] encode(StoreKey key, StoredResponse response) {
        Fields fields = response.fields();
        byte[] body = response.body();
        int expected = (int) Math.min(Integer.MAX_VALUE / 2, EXPECTED_HEAD + 2L * fields.size() + fields.length());
        EnvelopeWriter writer = new EnvelopeWriter(Kind.RESPONSE, 0, key, expected + body.length);
        writer.varint(response.status());
        writer.varint(response.storedAtMillis());
        writer.varint(response.initialAge());
        writer.varint(response.lifetimeMillis());
        writer.varint(fields.size());
        fields.forEach((name, value) -> {
            writer.text(name);
            writer.text(value);
        });
        writer.put(body);
        return writer.finish();
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
        if (envelope.kind() != Kind.RESPONSE) {
            return new Decoded.Unreadable<>("it holds " + envelope.kind().description + ", asked for was a response");
        }
        try {
            return new Decoded.Value<>(response(envelope.payload()));
        } catch (EnvelopeReader.Malformed e) {
            return new Decoded.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    private static StoredResponse response(EnvelopeReader payload) throws EnvelopeReader.Malformed {
        int status = (int) payload.varint();
        long storedAtMillis = payload.varint();
        long initialAge = payload.varint();
        long lifetimeMillis = payload.varint();
        Fields fields = fields(payload);
        byte[] body = Arrays.copyOfRange(payload.bytes, payload.skip(payload.remaining()), payload.bytes.length);
        return new StoredResponse(status, fields, body, storedAtMillis, initialAge, lifetimeMillis);
    }

    private static Fields fields(EnvelopeReader payload) throws EnvelopeReader.Malformed {
        // each line has two lengths at least
        int lines = payload.count(2);
        String[] namesAndValues = new String[2 * lines];
        for (int i = 0; i < namesAndValues.length; i++) {
            namesAndValues[i] = payload.text();
        }
        return Fields.of(namesAndValues);
    }
}
