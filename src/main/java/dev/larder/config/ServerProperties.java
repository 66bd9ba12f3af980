package dev.larder.config;

import dev.larder.policy.PropertySource;
import java.util.Optional;

/** The configuration of the application that is being deployed. */
public final class ServerProperties {

    private ServerProperties() {}

    /**
     * Reads it.
     *
     * @return empty on a server without MicroProfile Config
     */
    public static Optional<PropertySource> read() {
        try {
            Class.forName(
                    "org.eclipse.microprofile.config.ConfigProvider", false, ServerProperties.class.getClassLoader());
            return Optional.of(MicroProfileProperties.read());
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
            // no API, or no implementation behind it
            return Optional.empty();
        }
    }
}
