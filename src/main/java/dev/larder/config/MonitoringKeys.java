package dev.larder.config;

import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.policy.Settings;
import java.util.List;
import java.util.function.Function;

/** Reads {@code cache.metrics} and {@code cache.health}. */
public final class MonitoringKeys {

    private static final String METRICS = "cache.metrics";
    private static final String HEALTH = "cache.health";

    /** The keys, without {@code cache.}. */
    public static final List<String> KEYS = List.of("metrics", "health");

    private MonitoringKeys() {}

    /** Which API receives the metrics. Problems are reported. */
    public static <E extends Enum<E>> E metrics(PropertySource properties, Class<E> type, E auto, Problems problems) {
        return read(properties, METRICS, text -> Settings.constant(type, text), auto, problems);
    }

    /** Whether there is a readiness check. Problems are reported. */
    public static boolean health(PropertySource properties, Problems problems) {
        return read(properties, HEALTH, Settings::bool, false, problems);
    }

    private static <T> T read(
            PropertySource properties, String key, Function<String, T> parser, T otherwise, Problems problems) {
        T read = problems.check("The configuration key " + key + " ", () -> {
            String text = properties.value(key);
            return text == null ? otherwise : parser.apply(text);
        });
        return read == null ? otherwise : read;
    }
}
