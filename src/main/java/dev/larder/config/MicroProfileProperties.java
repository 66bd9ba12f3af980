package dev.larder.config;

import dev.larder.policy.PropertySource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The MicroProfile Config of the application. A class of its own, since some servers do not have this API. */
final class MicroProfileProperties implements PropertySource {

    private static final System.Logger LOG = System.getLogger("dev.larder.config");
    private static final String FILE = "META-INF/microprofile-config.properties";

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

    /**
     * Whether a source is a file of the application. SmallRye names such a source after its URL, Payara calls it
     * {@code Properties}, and both name other sources otherwise.
     */
    private static boolean isOwn(ConfigSource source) {
        String name = source.getName();
        return name != null && (name.contains("META-INF/microprofile-config") || name.equals("Properties"));
    }

    static PropertySource read() {
        return new MicroProfileProperties(ConfigProvider.getConfig());
    }

    /** Warns about files that the server does not read: Payara reads the file of an EAR, but not those of its WARs. */
    void warnOfUnread() {
        try {
            warnOfUnread(Thread.currentThread().getContextClassLoader());
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "The files of the configuration cannot be inspected", e);
        }
    }

    private void warnOfUnread(ClassLoader application) throws IOException {
        for (URL file : Collections.list(application.getResources(FILE))) {
            Properties written = new Properties();
            URLConnection connection = file.openConnection();
            connection.setUseCaches(false); // a cached connection keeps the archive open
            try (InputStream content = connection.getInputStream()) {
                written.load(content);
            }
            Set<String> unread = new TreeSet<>(written.stringPropertyNames());
            unread.removeIf(name -> !name.startsWith("cache.") && !name.startsWith("caches."));
            unread.removeAll(names);
            if (!unread.isEmpty()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The configuration keys {0} in {1} are not read: this server''s MicroProfile Config does not"
                                + " look there. Payara''s, for example, does not look into a WAR of an EAR. Set them in"
                                + " the same file of a jar in the lib of the EAR, or on the server",
                        String.join(", ", unread),
                        file);
            }
        }
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
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e); // an expression without a value
        }
    }
}
