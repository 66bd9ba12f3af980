package dev.larder.backend.memcached.spy;

import dev.larder.backend.memcached.Entry;
import java.nio.ByteBuffer;
import net.spy.memcached.ops.GetsOperation;
import net.spy.memcached.protocol.binary.GetsOperationImpl;

/** A read that passes the reply on unchanged. spymemcached's own read copies the value to remove the flags. */
final class SpyGet extends GetsOperationImpl {

    private static final int FLAGS_BYTES = 4;

    SpyGet(String key, GetsOperation.Callback callback) {
        super(key, callback);
    }

    @Override
    protected void decodePayload(byte[] payload) {
        ((GetsOperation.Callback) getCallback()).gotData(key, Entry.FLAGS, responseCas, payload);
        getCallback().receivedStatus(STATUS_OK);
    }

    /** The entry in the reply, which begins with the flags. */
    static Entry entry(byte[] payload) {
        return Entry.read(ByteBuffer.wrap(payload).position(FLAGS_BYTES));
    }
}
