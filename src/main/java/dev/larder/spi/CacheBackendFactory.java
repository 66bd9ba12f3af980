package dev.larder.spi;

import dev.larder.CacheSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes backends of one type. Found by {@link java.util.ServiceLoader} in the application.
 */
public interface CacheBackendFactory {

    /**
     * The type, as written in {@code caches.<name>.backend}.
     *
     * @return never empty
     */
    String type();

    /**
     * Makes the backend of one configured name, at deployment. A server that is down is no error here.
     *
     * @param name the configured name
     * @param settings its settings; prefix, version, ttl and on-error are Larder's business, servers and options the
     *     backend's
     * @return a new backend
     * @throws IllegalArgumentException if the settings are wrong: the message says what was given and what is expected,
     *     without credentials, and fails the deployment
     */
    CacheBackend create(String name, CacheSettings settings);

    /**
     * The names of the options it knows, in kebab-case. Others fail the deployment.
     *
     * @return the names; null, the default, if any name may be given
     */
    default @Nullable Set<String> options() {
        return null;
    }
}
