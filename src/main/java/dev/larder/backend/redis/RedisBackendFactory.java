package dev.larder.backend.redis;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.util.Set;

/** Creates {@code redis} backends. Loads without Jedis, which the application provides. */
public final class RedisBackendFactory implements CacheBackendFactory {

    private static final String CLIENT = "redis.clients.jedis.Connection";

    /** For the {@code ServiceLoader}. */
    public RedisBackendFactory() {}

    @Override
    public String type() {
        return "redis";
    }

    @Override
    public Set<String> options() {
        return RedisOptions.NAMES;
    }

    @Override
    public CacheBackend create(String name, CacheSettings settings) {
        RedisOptions options = RedisOptions.of(name, settings);
        try {
            Class.forName(CLIENT, true, RedisBackendFactory.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "caches." + name + ".backend is 'redis', whose client Jedis is missing here (" + e
                            + "): add the dependency redis.clients:jedis:8.0.2 with what it depends on",
                    e);
        }
        return RedisBackend.open(name, options);
    }
}
