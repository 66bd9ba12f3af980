package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.larder.backend.memcached.Entry;
import dev.larder.backend.memcached.MemcachedCommands.Item;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.binary.BinaryGetCommand;
import net.rubyeye.xmemcached.command.binary.OpCode;
import net.rubyeye.xmemcached.transcoders.CachedData;
import org.jspecify.annotations.Nullable;

/** A read that takes the front off while the answer comes: xmemcached would make one array of it and the rest. */
final class XGet extends BinaryGetCommand {

    private @Nullable Entry front;
    private int frontBytes;

    XGet(String key) {
        super(key, key.getBytes(UTF_8), CommandType.GETS_ONE, new CountDownLatch(1), OpCode.GET, false);
    }

    /** Called again with what has come meanwhile, and what was left, until it answers true. */
    @Override
    protected boolean readValue(ByteBuffer answer, int bodyBytes, int keyBytes, int extrasBytes) {
        if (front == null) {
            int stored = bodyBytes - keyBytes - extrasBytes;
            if (answer.remaining() < Math.min(stored, Entry.FRONT)) {
                return false;
            }
            int start = answer.position();
            front = Entry.front(answer, stored);
            frontBytes = answer.position() - start;
        }
        return super.readValue(answer, bodyBytes - frontBytes, keyBytes, extrasBytes);
    }

    /** What was read, when that was a success. */
    Item item() {
        CachedData rest = (CachedData) getResult();
        return new Item(requireNonNull(front).with(rest.getData()), rest.getCas());
    }
}
