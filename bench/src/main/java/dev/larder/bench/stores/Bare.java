package dev.larder.bench.stores;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.CompressionMode;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Bytes by key with the client alone, one round trip each, as an application without Larder would have it. */
interface Bare extends AutoCloseable {

    Duration TTL = Duration.ofHours(1);

    byte[] get(String key) throws Exception;

    void set(String key, byte[] value) throws Exception;

    /** Jedis, with its pool. */
    static Bare redis(String host, int port) {
        RedisClient client = RedisClient.builder().hostAndPort(host, port).build();
        SetParams ttl = SetParams.setParams().px(TTL.toMillis());
        return new Bare() {
            @Override
            public byte[] get(String key) {
                return client.get(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }

            @Override
            public void set(String key, byte[] value) {
                client.set(key.getBytes(java.nio.charset.StandardCharsets.UTF_8), value, ttl);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    /** spymemcached, with the binary protocol and no transcoding. */
    static Bare memcached(InetSocketAddress address) throws IOException {
        MemcachedClient client = new MemcachedClient(
                new ConnectionFactoryBuilder()
                        .setProtocol(ConnectionFactoryBuilder.Protocol.BINARY)
                        .setDaemon(true)
                        .build(),
                List.of(address));
        net.spy.memcached.transcoders.Transcoder<byte[]> raw = new SpyBytes();
        int seconds = (int) TTL.toSeconds();
        return new Bare() {
            @Override
            public byte[] get(String key) {
                return client.get(key, raw);
            }

            @Override
            public void set(String key, byte[] value) throws Exception {
                client.set(key, seconds, value, raw).get(1, TimeUnit.SECONDS);
            }

            @Override
            public void close() {
                client.shutdown(2, TimeUnit.SECONDS);
            }
        };
    }

    /** xmemcached, with the binary protocol and no transcoding. */
    static Bare xmemcached(InetSocketAddress address) throws IOException {
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(List.of(address));
        builder.setCommandFactory(new BinaryCommandFactory());
        XMemcachedClient client = (XMemcachedClient) builder.build();
        net.rubyeye.xmemcached.transcoders.Transcoder<byte[]> raw = new XBytes();
        int seconds = (int) TTL.toSeconds();
        return new Bare() {
            @Override
            public byte[] get(String key) throws Exception {
                return client.get(key, 1_000, raw);
            }

            @Override
            public void set(String key, byte[] value) throws Exception {
                client.set(key, seconds, value, raw, 1_000);
            }

            @Override
            public void close() throws IOException {
                client.shutdown();
            }
        };
    }

    /** As they are. */
    final class SpyBytes implements net.spy.memcached.transcoders.Transcoder<byte[]> {
        @Override
        public boolean asyncDecode(net.spy.memcached.CachedData data) {
            return false;
        }

        @Override
        public net.spy.memcached.CachedData encode(byte[] value) {
            return new net.spy.memcached.CachedData(0, value, getMaxSize());
        }

        @Override
        public byte[] decode(net.spy.memcached.CachedData data) {
            return data.getData();
        }

        @Override
        public int getMaxSize() {
            return net.spy.memcached.CachedData.MAX_SIZE;
        }
    }

    /** As they are. */
    final class XBytes implements net.rubyeye.xmemcached.transcoders.Transcoder<byte[]> {
        @Override
        public CachedData encode(byte[] value) {
            return new CachedData(0, value);
        }

        @Override
        public byte[] decode(CachedData data) {
            return data.getData();
        }

        @Override
        public void setPrimitiveAsString(boolean asString) {}

        @Override
        public void setPackZeros(boolean packZeros) {}

        @Override
        public void setCompressionThreshold(int bytes) {}

        @Override
        public boolean isPrimitiveAsString() {
            return false;
        }

        @Override
        public boolean isPackZeros() {
            return false;
        }

        @Override
        public void setCompressionMode(CompressionMode mode) {}
    }
}
