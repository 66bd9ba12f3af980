package dev.larder.backend.memcached.x;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.backend.memcached.Entry;
import java.util.concurrent.CountDownLatch;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.command.binary.BinaryCASCommand;
import net.rubyeye.xmemcached.command.binary.OpCode;
import net.rubyeye.xmemcached.transcoders.CachedData;
import org.jspecify.annotations.Nullable;

/**
 * A set, by xmemcached's class for compare-and-swap: on the wire, only the cas differs. xmemcached would merge the
 * waiting commands of type SET into one quiet command, and then none of them would have a status.
 *
 * <p>Frame and value go directly into the request. For a transcoder, they would first have to be copied into one array.
 */
final class XSet extends BinaryCASCommand {

    private final Entry entry;

    XSet(String key, Entry entry, int expiry, long cas) {
        super(key, key.getBytes(UTF_8), CommandType.CAS, new CountDownLatch(1), expiry, cas, entry, false, null);
        this.entry = entry;
    }

    /** Stores only if the key has no entry. */
    static XSet add(String key, Entry entry, int expiry) {
        XSet add = new XSet(key, entry, expiry, 0);
        add.setOpCode(OpCode.ADD);
        return add;
    }

    @Override
    protected int getValueLength(@Nullable CachedData none) {
        return entry.size();
    }

    @Override
    protected void fillExtras(@Nullable CachedData none) {
        ioBuffer.putInt(Entry.FLAGS);
        ioBuffer.putInt(expTime);
    }

    @Override
    protected void fillValue(@Nullable CachedData none) {
        entry.writeTo(ioBuffer.buf());
    }
}
