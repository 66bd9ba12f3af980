package dev.larder.config;

import dev.larder.policy.PropertySource;
import java.util.Optional;

/** The configuration of the application that is being deployed. */
public final class ServerProperties {

    private ServerProperties() {}

    /**
     * Reads it, and warns about files that the server does not read.
     *
     * @return empty on a server without MicroProfile Config
     */
    public static Optional<PropertySource> read() {
        Optional<PropertySource> properties = current();
        properties.ifPresent(of -> ((MicroProfileProperties) of).warnOfUnread());
        return properties;
    }

    /**
     * Reads it.
     *
     * @return empty on a server without MicroProfile Config
     */
    public static Optional<PropertySource> current() {
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
