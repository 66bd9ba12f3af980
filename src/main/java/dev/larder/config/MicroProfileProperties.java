package dev.larder.config;

import dev.larder.policy.PropertySource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The application's MicroProfile Config; kept apart because some servers have none. */
final class MicroProfileProperties implements PropertySource {

    private final Config config;
    private final Set<String> names;

    MicroProfileProperties(Config config) {
        this.config = config;
        this.names = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            names.add(name);
        }
    }

    static PropertySource read() {
        return new MicroProfileProperties(ConfigProvider.getConfig());
    }

    @Override
    public Set<String> names() {
        return names;
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
