package dev.larder.policy;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where configuration is read from. */
public interface PropertySource {

    /** A source without a property, for servers without MicroProfile Config. */
    PropertySource EMPTY = new PropertySource() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public @Nullable String value(String name) {
            return null;
        }
    };

    /** The names of all properties, spelled as their sources spell them. */
    Set<String> names();

    /** The names that the application's own files set. The other names may be for another application. */
    default Set<String> own() {
        return names();
    }

    /**
     * The value of a property, found by the specification's mapping in environment variables too; null if absent or empty.
     *
     * @throws IllegalArgumentException if there is one that cannot be read
     */
    @Nullable
    String value(String name);

    /** The specification's mapping of a property's name to an environment variable's. */
    static String environmentForm(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
