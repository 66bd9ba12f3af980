package dev.larder.bench.stores;

import static dev.larder.bench.stores.Pair.must;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.Cache;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.bench.Load;
import dev.larder.cdi.LarderExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClient;

/** What tags cost a hit, and what it costs to invalidate and to clear many entries, in turns with the same without. */
public final class TagTable {

    private static final int ENTRIES = Integer.getInteger("larder.bench.entries", 100_000);
    private static final int BATCH = 10_000;
    private static final int KEYS = 100;

    /** Configures the memory and a Redis. */
    @ApplicationScoped
    public static class Configured {

        private static String address = "";

        @Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.local())
                    .with("redis", CacheSettings.redis(address).keyPrefix("bench").ttl(Bare.TTL).option("timeout", "PT2S"));
        }
    }

    /** Each call that runs returns another object, so that a hit can be told. */
    @ApplicationScoped
    public static class Books {

        @Cache(ttl = 3600)
        public String local(String author) {
            return new String(author);
        }

        @Cache(
                ttl = 3600,
                tags = {"books", "author:{0}"})
        public String localTagged(String author) {
            return new String(author);
        }

        @Cache(ttl = 3600, backend = "redis")
        public String redis(String author) {
            return author + System.nanoTime();
        }

        @Cache(
                ttl = 3600,
                backend = "redis",
                tags = {"books", "author:{0}"})
        public String redisTagged(String author) {
            return author + System.nanoTime();
        }
    }

    private TagTable() {}

    /** Measures and prints; the argument is the address of a Redis. */
    public static void main(String[] arguments) throws Exception {
        Configured.address = arguments[0];
        URI redis = URI.create(arguments[0]);
        Load before = Load.now();
        System.out.printf(
                "  one thread, %d rounds of slices of %d ms after %d operations of each to warm up%n%n",
                Pair.ROUNDS, Pair.SLICE_NANOS / 1_000_000, Pair.WARM_UP);
        try (RedisClient bare = RedisClient.builder()
                        .hostAndPort(redis.getHost(), redis.getPort())
                        .build();
                SeContainer container = SeContainerInitializer.newInstance()
                        .disableDiscovery() // also of extensions
                        .addExtensions(LarderExtension.class)
                        .addBeanClasses(Configured.class, Books.class)
                        .initialize()) {
            hits(container.select(Books.class).get());
            many(container.select(ICacheService.class).get().backend("redis"), bare);
        }
        System.out.println("  ratio: of the same round; " + before.until(Load.now()));
    }

    private static void hits(Books books) throws Exception {
        String author = "Austen, Jane";
        String local = books.local(author);
        String localTagged = books.localTagged(author);
        String redis = settled(() -> books.redis(author));
        String redisTagged = settled(() -> books.redisTagged(author));
        print(
                "local: a hit of a bean method, without and with two tags",
                new Pair(
                                any -> must(books.local(author) == local),
                                any -> must(books.localTagged(author) == localTagged))
                        .measure(20 * Pair.WARM_UP),
                "ratio at most 1.10");
        print(
                "Redis: a hit of a bean method, without and with two tags",
                new Pair(
                                any -> must(books.redis(author).equals(redis)),
                                any -> must(books.redisTagged(author).equals(redisTagged)))
                        .measure(),
                "ratio at most 1.15");
    }

    /** The value once it is stored, which happens behind the first call. */
    private static String settled(java.util.function.Supplier<String> method) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            String value = method.get();
            if (value.equals(method.get())) {
                return value;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("No call is a hit");
    }

    private static void many(ICacheService cache, RedisClient bare) throws Exception {
        String value = "0123456789abcdef".repeat(64);
        List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "many" + i).toList();
        byte[][] bareKeys = keys.stream().map(key -> ("bare:1:" + key).getBytes(UTF_8)).toArray(byte[][]::new);
        for (int i = 0; i < KEYS; i++) {
            must(cache.set(keys.get(i), value));
            bare.set(bareKeys[i], value.getBytes(UTF_8));
        }
        print(
                "Redis: one bare MGET of " + KEYS + " keys of 1 KiB, and getMany",
                new Pair(
                                any -> must(texts(bare.mget(bareKeys)).size() == KEYS),
                                any -> must(cache.getMany(keys, String.class).size() == KEYS))
                        .measure(Pair.WARM_UP / 10),
                "ratio at most 1.50");

        byte[] key = "bare:1:number".getBytes(UTF_8);
        byte[] number = "1700000000000000000".getBytes(UTF_8);
        fill(cache.tags("many"));
        print(
                "Redis: one bare SET, and invalidate of a tag of " + ENTRIES + " entries",
                new Pair(any -> bare.set(key, number), any -> must(cache.invalidate("many"))).measure(Pair.WARM_UP / 10),
                "below 2000 us");
        must(cache.get("entry1", String.class).isEmpty());
        fill(cache);
        print(
                "Redis: one bare SET, and clear of " + ENTRIES + " entries",
                new Pair(any -> bare.set(key, number), any -> must(cache.clear())).measure(Pair.WARM_UP / 10),
                "below 2000 us");
        must(cache.get("entry1", String.class).isEmpty());
    }

    private static List<String> texts(List<byte[]> values) {
        List<String> texts = new ArrayList<>();
        for (byte[] each : values) {
            texts.add(new String(each, UTF_8));
        }
        return texts;
    }

    private static void fill(ICacheService cache) {
        for (int i = 0; i < ENTRIES; i += BATCH) {
            Map<String, String> entries = new HashMap<>();
            for (int j = i; j < Math.min(i + BATCH, ENTRIES); j++) {
                entries.put("entry" + j, "v");
            }
            must(cache.setMany(entries).isEmpty());
        }
        must(cache.get("entry1", String.class).isPresent());
    }

    private static void print(String title, Pair.Result result, String toReach) {
        int decimals = result.micros().median() < 10 ? 3 : 1;
        System.out.printf(
                Locale.ROOT,
                "  %s%n    %s us, %s us, ratio %s; %.0f and %.0f B/op; to reach: %s%n",
                title,
                result.bareMicros().text(decimals),
                result.micros().text(decimals),
                result.ratio().text(2),
                result.bareBytes(),
                result.bytes(),
                toReach);
    }
}
