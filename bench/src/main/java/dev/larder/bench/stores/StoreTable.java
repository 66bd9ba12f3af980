package dev.larder.bench.stores;

import static dev.larder.bench.stores.Pair.must;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.bench.Load;
import dev.larder.cdi.LarderExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code get} and {@code set} through {@code ICacheService} against the same by the bare client, in turns ({@link Pair}). Each
 * ratio is of two slices of the same round. Bytes are those of all threads, the client's included.
 */
public final class StoreTable {

    private static final int KEYS = 64;

    /** Configures the backend that is measured. */
    @ApplicationScoped
    public static class Configured {

        private static CacheSettings settings = CacheSettings.local();

        @Produces
        CacheModule caches() {
            return CacheModule.setup(settings);
        }
    }

    private StoreTable() {}

    /** Measures and prints; the arguments are the addresses of a Redis and of a memcached. */
    public static void main(String[] arguments) throws Exception {
        URI redis = URI.create(arguments[0]);
        URI memcached = URI.create("memcached://" + arguments[1]);
        InetSocketAddress address = new InetSocketAddress(memcached.getHost(), memcached.getPort());
        System.out.printf(
                "  one thread, %d rounds of slices of %d ms after %d operations of each to warm up%n%n",
                Pair.ROUNDS, Pair.SLICE_NANOS / 1_000_000, Pair.WARM_UP);
        System.out.printf(
                "  %-11s %-20s %-24s %-24s %-22s %9s %9s %7s%n",
                "backend",
                "operation",
                "bare us/op (quartiles)",
                "Larder us/op",
                "time ratio",
                "bare B/op",
                "Larder",
                "ratio");
        Load before = Load.now();
        measure("redis", Bare.redis(redis.getHost(), redis.getPort()), arguments[0]);
        measure("memcached", Bare.memcached(address), arguments[1]);
        measure("xmemcached", Bare.xmemcached(address), arguments[1]);
        System.out.println(
                "  ratios: Larder to the bare client in the same round; to reach: at most 1.10 in time, 1.30 in bytes");
        System.out.println("  entry: bytes beyond key and value; to reach: at most 64");
        System.out.println("  " + before.until(Load.now()));
    }

    private static void measure(String type, Bare bare, String address) throws Exception {
        CacheSettings settings = CacheSettings.of(type)
                .servers(address)
                .keyPrefix("bench")
                .ttl(Bare.TTL)
                .option("timeout", "PT2S");
        Configured.settings = settings;
        try (bare;
                SeContainer container = SeContainerInitializer.newInstance()
                        .disableDiscovery() // also of extensions
                        .addExtensions(LarderExtension.class)
                        .addBeanClasses(Configured.class)
                        .initialize()) {
            ICacheService cache = container.select(ICacheService.class).get();
            byte[] bytes = new byte[1024];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            String text = "0123456789abcdef".repeat(640);
            for (int i = 0; i < KEYS; i++) {
                bare.set("bare:1:bytes" + i, bytes);
                bare.set("bare:1:text" + i, text.getBytes(UTF_8));
                must(cache.set("bytes" + i, bytes) && cache.set("text" + i, text));
            }
            Map<String, Pair> pairs = new LinkedHashMap<>();
            pairs.put(
                    "get 1 KiB bytes",
                    new Pair(
                            round -> must(bare.get("bare:1:bytes" + round % KEYS).length == 1024),
                            round -> must(cache.get("bytes" + round % KEYS, byte[].class)
                                            .orElseThrow()
                                            .length
                                    == 1024)));
            pairs.put(
                    "set 1 KiB bytes",
                    new Pair(
                            round -> bare.set("bare:1:bytes" + round % KEYS, bytes),
                            round -> must(cache.set("bytes" + round % KEYS, bytes))));
            pairs.put(
                    "get 10 KiB text",
                    new Pair(
                            round -> must(new String(bare.get("bare:1:text" + round % KEYS), UTF_8).length() == 10240),
                            round -> must(cache.get("text" + round % KEYS, String.class)
                                            .orElseThrow()
                                            .length()
                                    == 10240)));
            pairs.put(
                    "set 10 KiB text",
                    new Pair(
                            round -> bare.set("bare:1:text" + round % KEYS, text.getBytes(UTF_8)),
                            round -> must(cache.set("text" + round % KEYS, text))));
            for (Map.Entry<String, Pair> pair : pairs.entrySet()) {
                System.err.printf("%s: %s%n", type, pair.getKey());
                print(type, pair.getKey(), pair.getValue());
            }
            System.out.printf(
                    "  %-11s entry: %d bytes beyond the value of 1 KiB, %d beyond the text of 10 KiB%n",
                    type, bare.get("bench:1:bytes0").length - 1024, bare.get("bench:1:text0").length - 10240);
        }
    }

    private static void print(String type, String title, Pair pair) throws Exception {
        Pair.Result result = pair.measure();
        System.out.printf(
                Locale.ROOT,
                "  %-11s %-20s %-24s %-24s %-22s %9.0f %9.0f %7.2f%n",
                type,
                title,
                result.bareMicros().text(1),
                result.micros().text(1),
                result.ratio().text(2),
                result.bareBytes(),
                result.bytes(),
                result.bytes() / result.bareBytes());
    }
}
