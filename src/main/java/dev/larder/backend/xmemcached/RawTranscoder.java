package dev.larder.backend.xmemcached;

import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.CompressionMode;
import net.rubyeye.xmemcached.transcoders.Transcoder;

/** Bytes as they are, of any length: the server says what is too large. */
final class RawTranscoder implements Transcoder<byte[]> {

    @Override
    public CachedData encode(byte[] bytes) {
        return new CachedData(0, bytes, bytes.length, -1);
    }

    @Override
    public byte[] decode(CachedData data) {
        return data.getData();
    }

    @Override
    public void setPrimitiveAsString(boolean ignored) {}

    @Override
    public void setPackZeros(boolean ignored) {}

    @Override
    public void setCompressionThreshold(int ignored) {}

    @Override
    public boolean isPrimitiveAsString() {
        return false;
    }

    @Override
    public boolean isPackZeros() {
        return false;
    }

    @Override
    public void setCompressionMode(CompressionMode ignored) {}
}
