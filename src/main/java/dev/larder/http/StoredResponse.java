package dev.larder.http;

/**
 * A response as it is stored. The constructor drops lines that could split a message, whatever the
 * store returned: CR and LF are never sent (RFC 9110 §5.5). Two are equal if their bodies are the same array.
 *
 * @param status the status code
 * @param fields the stored field lines, see {@link Storability.Storable#fields()}
 * @param body the bytes; not copied, and nobody writes into them
 * @param storedAtMillis when it was stored, in milliseconds of the epoch
 * @param initialAge its age at that time in seconds, zero or more
 * @param lifetimeMillis how long it is fresh from then on, {@link Long#MAX_VALUE} means forever
 * @param generation the generation of its URI, 0 if it belongs to none
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredResponse(
        int status,
        Fields fields,
        byte[] body,
        long storedAtMillis,
        long initialAge,
        long lifetimeMillis,
        long generation) {

    /** Drops unsafe lines and a negative age. */
    public StoredResponse {
        fields = fields.onlySafe();
        initialAge = Math.max(0, initialAge);
    }

    /** The entity tag that the cache computes from a body, weak (RFC 9110 §8.8.3). */
    public static String tagOf(byte[] body) {
        return EntityTag.ofBody(body).toString();
    }

    /** A response that belongs to no generation. */
    public StoredResponse(
            int status, Fields fields, byte[] body, long storedAtMillis, long initialAge, long lifetimeMillis) {
        this(status, fields, body, storedAtMillis, initialAge, lifetimeMillis, 0);
    }
}
