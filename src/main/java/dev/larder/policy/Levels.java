package dev.larder.policy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The three levels of configuration of one method, most specific first. */
final class Levels {

    private static final String ALL = "cache.";

    private final PropertySource properties;
    private final Problems problems;
    private final List<String> prefixes;

    /**
     * Makes those of a method.
     *
     * @param specific whether there is any key of a class or method
     */
    Levels(PropertySource properties, Problems problems, boolean specific, Class<?> beanClass, Method method) {
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

    <T> @Nullable T find(String key, Function<String, T> reader) {
        String level = levelOf(key);
        if (level == null) {
            return null;
        }
        String where = where(level, key);
        String text = properties.value(level + key);
        return text == null ? null : problems.check(where, () -> reader.apply(text));
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
