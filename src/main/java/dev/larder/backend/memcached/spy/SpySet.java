package dev.larder.backend.memcached.spy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.backend.memcached.Entry;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.protocol.binary.OperationImpl;

/**
 * A write that puts frame and value directly into the request. For spymemcached's own write, they would first have to
 * be copied into one array.
 */
final class SpySet extends OperationImpl {

    // protocol-binary, "Request header" and "Set, Add, Replace"
    private static final byte SET = 0x01;
    private static final byte ADD = 0x02;
    private static final byte NO_DATA_TYPE = 0;
    private static final short NO_VBUCKET = 0;
    private static final int HEADER_BYTES = 24;
    private static final byte EXTRAS_BYTES = 8;

    private static final AtomicInteger OPAQUE = new AtomicInteger();

    private final byte command;
    private final byte[] key;
    private final Entry entry;
    private final int expiry;
    private final long cas;

    SpySet(String key, Entry entry, int expiry, long cas, OperationCallback callback) {
        this(SET, key, entry, expiry, cas, callback);
    }

    /** Stores only if the key has no entry. */
    static SpySet add(String key, Entry entry, int expiry, OperationCallback callback) {
        return new SpySet(ADD, key, entry, expiry, 0, callback);
    }

    private SpySet(byte command, String key, Entry entry, int expiry, long cas, OperationCallback callback) {
        super(command, OPAQUE.incrementAndGet(), callback);
        this.command = command;
        this.key = key.getBytes(UTF_8);
        this.entry = entry;
        this.expiry = expiry;
        this.cas = cas;
    }

    @Override
    public void initialize() {
        int body = EXTRAS_BYTES + key.length + entry.size();
        ByteBuffer request = ByteBuffer.allocate(HEADER_BYTES + body)
                .put(REQ_MAGIC)
                .put(command)
                .putShort((short) key.length)
                .put(EXTRAS_BYTES)
                .put(NO_DATA_TYPE)
                .putShort(NO_VBUCKET)
                .putInt(body)
                .putInt(opaque)
                .putLong(cas)
                .putInt(Entry.FLAGS)
                .putInt(expiry)
                .put(key);
        entry.writeTo(request);
        setBuffer(request.flip());
    }

    @Override
    protected void decodePayload(byte[] nothing) {
        getCallback().receivedStatus(STATUS_OK);
    }
}
