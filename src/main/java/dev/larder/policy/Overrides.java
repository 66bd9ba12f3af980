package dev.larder.policy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The three levels of configuration of one method, most specific first. */
final class Overrides {

    private static final String ALL = "cache.";

    private final PropertySource properties;
    private final Problems problems;
    private final List<String> prefixes;

    /**
     * Makes those of a method.
     *
     * @param specific whether there is any key of a class or method
     */
    Overrides(PropertySource properties, Problems problems, boolean specific, Class<?> beanClass, Method method) {
        this.properties = properties;
        this.problems = problems;
        String bean = beanClass.getName();
        String declaring = method.getDeclaringClass().getName();
        prefixes = !specific
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
        T found = find(key, reader);
        return found == null ? otherwise : found;
    }

    /** What the most specific level says that can be read; what cannot is noted at every level. */
    <T> @Nullable T find(String key, Function<String, T> reader) {
        T found = null;
        for (String prefix : prefixes) {
            T read = problems.check(where(prefix, key), () -> {
                String text = properties.value(prefix + key);
                return text == null ? null : reader.apply(text);
            });
            found = found == null ? read : found;
        }
        return found;
    }

    /** The key of a class or method that is set, or null if there is none. */
    @Nullable
    String specificKey(String key) {
        String level = levelOf(key);
        return level == null || level.equals(ALL) ? null : level + key;
    }

    private @Nullable String levelOf(String key) {
        for (String prefix : prefixes) {
            if (problems.check(where(prefix, key), () -> properties.value(prefix + key)) != null) {
                return prefix;
            }
        }
        return null;
    }

    private static String where(String prefix, String key) {
        return "The configuration key " + prefix + key + " ";
    }
}
