package dev.larder.policy;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source of configuration properties. */
public interface PropertySource {

    /** A source without properties, for servers without MicroProfile Config. */
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
     * The value of a property, which may come from the environment variable of the specification's mapping; null if absent
     * or empty.
     *
     * @throws IllegalArgumentException if the value cannot be read
     */
    @Nullable
    String value(String name);

    /** The name of the environment variable for a property, by the specification's mapping. */
    static String environmentForm(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
