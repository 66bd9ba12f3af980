package dev.larder.bench.server;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import com.google.gson.Gson;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.NullMarked;
import org.json.JSONObject;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** The jars on the class path that an application with Larder has in its {@code WEB-INF/lib}. */
public final class Libraries {

    /** What Larder brings. */
    public static final List<Path> BROUGHT = List.of(War.origin(Caffeine.class), War.origin(NullMarked.class));

    /** Larder's own jar. */
    public static final Path JAR = War.origin(Cache.class);

    /** Both. */
    public static final List<Path> LARDER = Stream.concat(Stream.of(JAR), BROUGHT.stream()).toList();

    /** Jedis, with what it needs for Larder. */
    public static final List<Path> JEDIS = List.of(
            War.origin(Jedis.class), War.origin(GenericObjectPool.class), War.origin(LoggerFactory.class), War.origin(Gson.class), War.origin(JSONObject.class));

    private Libraries() {}
}
