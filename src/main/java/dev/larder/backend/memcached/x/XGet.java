package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.backend.memcached.Entry;
import dev.larder.backend.memcached.MemcachedCommands.Item;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.binary.BinaryGetCommand;
import net.rubyeye.xmemcached.command.binary.OpCode;
import net.rubyeye.xmemcached.transcoders.CachedData;

/** A read. */
final class XGet extends BinaryGetCommand {

    XGet(String key) {
        super(key, key.getBytes(UTF_8), CommandType.GETS_ONE, new CountDownLatch(1), OpCode.GET, false);
    }

    /** The item that was read; only after a success. */
    Item item() {
        CachedData stored = (CachedData) getResult();
        return new Item(Entry.read(ByteBuffer.wrap(stored.getData())), stored.getCas());
    }
}
