package dev.larder.bench.server;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.Immutable;
import dev.larder.Cache;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The jars on the class path that an application with Larder has in its {@code WEB-INF/lib}. */
public final class Libraries {

    /** What Larder brings. */
    public static final List<Path> BROUGHT =
            List.of(War.origin(Caffeine.class), War.origin(Immutable.class), War.origin(NullMarked.class));

    /** Larder's own jar. */
    public static final Path JAR = War.origin(Cache.class);

    /** Both. */
    public static final List<Path> LARDER = Stream.concat(Stream.of(JAR), BROUGHT.stream()).toList();

    private Libraries() {}
}
