package dev.larder.config;

import dev.larder.policy.PropertySource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The application's MicroProfile Config; kept apart because some servers have none. */
final class MicroProfileProperties implements PropertySource {

    private final Config config;
    private final Set<String> names;
    private final Set<String> own;

    MicroProfileProperties(Config config) {
        this.config = config;
        this.names = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            names.add(name);
        }
        this.own = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (isOwn(source)) {
                own.addAll(source.getPropertyNames());
            }
        }
    }

    /** SmallRye and Payara name a source of a file after its address, and all others by another word. */
    private static boolean isOwn(ConfigSource source) {
        String name = source.getName();
        return name != null && name.contains("META-INF/microprofile-config");
    }

    static PropertySource read() {
        return new MicroProfileProperties(ConfigProvider.getConfig());
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public Set<String> own() {
        return own;
    }

    @Override
    public @Nullable String value(String name) {
        try {
            Optional<String> value = config.getOptionalValue(name, String.class);
            return value.orElse(null);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e); // an expression without value
        }
    }
}
