package dev.larder.policy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The configuration of one method: that of the method, of its class and of all methods, the most specific first. */
final class Overrides {

    private static final String ALL = "cache.";

    private final PropertySource properties;
    private final Problems problems;
    private final List<String> prefixes;

    /** The configuration of all methods. */
    Overrides(PropertySource properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
        this.prefixes = List.of(ALL);
    }

    /**
     * The configuration of a method.
     *
     * @param targeted whether any key names a class or method
     */
    Overrides(PropertySource properties, Problems problems, boolean targeted, Class<?> beanClass, Method method) {
        this.properties = properties;
        this.problems = problems;
        String bean = beanClass.getName();
        String declaring = method.getDeclaringClass().getName();
        prefixes = !targeted
                ? List.of(ALL)
                : List.of(
                        quoted(bean + "/" + method.getName()),
                        quoted(declaring + "/" + method.getName()),
                        quoted(bean),
                        quoted(declaring),
                        ALL);
    }

    private static String quoted(String target) {
        return "cache.\"" + target + "\".";
    }

    <T> T read(String key, Function<String, T> reader, T otherwise) {
        T value = find(key, reader);
        return value == null ? otherwise : value;
    }

    /** The most specific value that can be read; null if there is none. Values that cannot be read are reported. */
    <T> @Nullable T find(String key, Function<String, T> reader) {
        T mostSpecific = null;
        for (String prefix : prefixes) {
            T read = problems.check(where(prefix, key), () -> {
                String text = properties.value(prefix + key);
                return text == null ? null : reader.apply(text);
            });
            mostSpecific = mostSpecific == null ? read : mostSpecific;
        }
        return mostSpecific;
    }

    /** The most specific key that is set for the class or method; null if there is none. */
    @Nullable
    String targetedKey(String key) {
        for (String prefix : prefixes) {
            if (!prefix.equals(ALL)
                    && problems.check(where(prefix, key), () -> properties.value(prefix + key)) != null) {
                return prefix + key;
            }
        }
        return null;
    }

    private static String where(String prefix, String key) {
        return "The configuration key " + prefix + key + " ";
    }
}
