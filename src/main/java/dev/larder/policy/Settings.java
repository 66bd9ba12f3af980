package dev.larder.policy;

import dev.larder.Cache;
import dev.larder.ICacheService;
import dev.larder.spi.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parses the values of configuration keys. Exceptions say what was given and what is expected. */
public final class Settings {

    private Settings() {}

    /**
     * A time to live: seconds with an optional fraction, an ISO-8601 duration, or {@code never}.
     *
     * @throws IllegalArgumentException if it is none of these, or negative
     */
    public static Duration ttl(String text) {
        return text.trim().equalsIgnoreCase("never") ? ICacheService.FOREVER : duration(text, ", or 'never'");
    }

    /** A time to live that stands for the response's own. */
    static final Duration FROM_RESPONSE = Duration.ofSeconds(-2);

    /**
     * A {@link #ttl time to live} or {@code from-response}.
     *
     * @throws IllegalArgumentException if it is none of these, or negative
     */
    static Duration methodTtl(String text) {
        return text.trim().replace('_', '-').equalsIgnoreCase("from-response") ? FROM_RESPONSE : ttl(text);
    }

    /** The elements of a list that is separated by commas; a backslash escapes a comma, as in MicroProfile Config. */
    static List<String> list(String text) {
        return Arrays.stream(text.split("(?<!\\\\),", -1))
                .map(element -> element.replace("\\,", ",").trim())
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /**
     * Statuses, separated by commas; {@code any} and -1 are {@link Cache#ANY_STATUS}.
     *
     * @throws IllegalArgumentException if an element is no number
     */
    static Set<Integer> statuses(String text) {
        Set<Integer> statuses = new HashSet<>();
        for (String element : list(text)) {
            try {
                statuses.add(element.equalsIgnoreCase("any") ? Cache.ANY_STATUS : Integer.valueOf(element));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "is '" + text + "', but must be a list of statuses (200, 404), or 'any'", e);
            }
        }
        return statuses;
    }

    /**
     * A duration: seconds with an optional fraction, or ISO-8601.
     *
     * @throws IllegalArgumentException if it is neither, or negative
     */
    public static Duration duration(String text) {
        return duration(text, "");
    }

    private static Duration duration(String text, String further) {
        Duration duration;
        try {
            duration = Options.duration(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + further, e);
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("is '" + text + "', but must not be negative");
        }
        return duration;
    }

    /**
     * {@code true} or {@code false}, in any case.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static boolean bool(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is '" + text + "', but must be true or false");
        };
    }

    /**
     * A whole number of at least zero.
     *
     * @throws IllegalArgumentException if it is none, or above 2^31-1
     */
    public static int count(String text) {
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported like a negative number
        }
        throw new IllegalArgumentException("is '" + text + "', but must be a whole number from 0 to 2147483647");
    }

    /**
     * A constant of an enum, in any case, with dashes or underscores.
     *
     * @throws IllegalArgumentException if no constant has that name
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String text) {
        String name = text.trim().replace('-', '_');
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("is '" + text + "', but must be one of " + kebab(type));
    }

    private static <E extends Enum<E>> String kebab(Class<E> type) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.length() == 0 ? "" : ", ")
                    .append(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return names.toString();
    }
}
