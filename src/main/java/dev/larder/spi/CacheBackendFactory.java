package dev.larder.spi;

import dev.larder.CacheSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates backends of one type. The {@link java.util.ServiceLoader} finds it in the application. */
public interface CacheBackendFactory {

    /**
     * The type, as written in {@code caches.<name>.backend}.
     *
     * @return never empty
     */
    String type();

    /**
     * Creates the backend of one configured name, at deployment. It does not fail if a server is down.
     *
     * @param name the configured name
     * @param settings its settings; the backend uses servers and options, Larder itself uses the others
     * @return a new backend
     * @throws IllegalArgumentException if the settings are wrong: the message says what was given and what is expected,
     *     without credentials, and fails the deployment
     */
    CacheBackend create(String name, CacheSettings settings);

    /**
     * The names of the options of this type, in kebab-case. Any other option fails the deployment.
     *
     * @return the names; null, the default, if any name may be given
     */
    default @Nullable Set<String> options() {
        return null;
    }
}
