package dev.larder.backend.xmemcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.memcached.Entry;
import dev.larder.memcached.MemcachedCommands.Item;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.binary.BinaryGetCommand;
import net.rubyeye.xmemcached.command.binary.OpCode;
import net.rubyeye.xmemcached.transcoders.CachedData;

/** A read that takes the frame off while the answer comes: xmemcached would make one array of it and the value. */
final class XGet extends BinaryGetCommand {

    private boolean begun;
    private long frame;
    private int frameBytes;

    XGet(String key) {
        super(key, key.getBytes(UTF_8), CommandType.GETS_ONE, new CountDownLatch(1), OpCode.GET, false);
    }

    /** Called again with what has come meanwhile, and what was left, until it answers true. */
    @Override
    protected boolean readValue(ByteBuffer answer, int bodyBytes, int keyBytes, int extrasBytes) {
        if (!begun) {
            int stored = bodyBytes - keyBytes - extrasBytes;
            if (answer.remaining() < Math.min(stored, Entry.FRAME)) {
                return false;
            }
            int start = answer.position();
            frame = Entry.takeFrame(answer, stored);
            frameBytes = answer.position() - start;
            begun = true;
        }
        return super.readValue(answer, bodyBytes - frameBytes, keyBytes, extrasBytes);
    }

    /** What was read, when that was a success. */
    Item item() {
        CachedData rest = (CachedData) getResult();
        return new Item(Entry.of(frame, rest.getData()), rest.getCas());
    }
}
