package dev.larder.spi;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of a backend in the same way as Larder's own configuration keys, and collects the problems, which
 * {@link #check} reports. An option with a wrong value is read as its default. Not thread-safe.
 */
public final class Options {

    private static final Duration MIN_DURATION = Duration.ofMillis(1);

    private final String name;
    private final CacheSettings settings;
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads the options of one configured backend.
     *
     * @param name the configured name
     * @param settings its settings
     */
    public Options(String name, CacheSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    /**
     * The value of an option.
     *
     * @param option the option's name
     * @return the value without white space around it, or null if it is not set
     */
    public @Nullable String text(String option) {
        String given = settings.option(option);
        return given == null ? null : given.trim();
    }

    /**
     * One of several values.
     *
     * @param option the option's name
     * @param defaultValue the first of the values; also the result if the option is not set
     * @param others the other values
     * @return the value
     */
    public String oneOf(String option, String defaultValue, String... others) {
        String given = text(option);
        if (given == null || given.equals(defaultValue) || List.of(others).contains(given)) {
            return given == null ? defaultValue : given;
        }
        problem(option, given, "'" + defaultValue + "' or '" + String.join("' or '", others) + "'");
        return defaultValue;
    }

    /**
     * {@code true} or {@code false}.
     *
     * @param option the option's name
     * @return false if it is not set
     */
    public boolean isTrue(String option) {
        String given = text(option);
        if (given != null && !given.equals("true") && !given.equals("false")) {
            problem(option, given, "'true' or 'false'");
        }
        return "true".equals(given);
    }

    /**
     * A positive whole number.
     *
     * @param option the option's name
     * @param unit the unit, in the plural
     * @param defaultValue the number if the option is not set
     * @param max the largest number
     * @return the number
     */
    public long positive(String option, String unit, long defaultValue, long max) {
        String given = text(option);
        if (given == null) {
            return defaultValue;
        }
        try {
            long number = Long.parseLong(given);
            if (number > 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        String range = max == Long.MAX_VALUE
                ? " from 1 to 2^63-1"
                : max == Integer.MAX_VALUE ? " from 1 to 2^31-1" : " from 1 to " + max;
        problem(option, given, "a whole number of " + unit + range);
        return defaultValue;
    }

    /**
     * A time of at least a millisecond, as {@link #duration(String)} reads it.
     *
     * @param option the option's name
     * @param defaultValue the time if the option is not set
     * @param max the longest time
     * @return the time
     */
    public Duration duration(String option, Duration defaultValue, Duration max) {
        String given = text(option);
        if (given == null) {
            return defaultValue;
        }
        try {
            Duration time = duration(given);
            if (time.compareTo(MIN_DURATION) >= 0 && time.compareTo(max) <= 0) {
                return time;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        problem(option, given, "a time from 0.001 to " + max.toSeconds() + " seconds, as in 0.25 or PT0.25S");
        return defaultValue;
    }

    /**
     * Reports a wrong value.
     *
     * @param option the option's name
     * @param given its value, which must not be a password
     * @param expected what it must be
     */
    public void problem(String option, @Nullable String given, String expected) {
        problem(".options." + option + " is '" + given + "', expected " + expected);
    }

    /**
     * Reports any problem of the settings.
     *
     * @param problem the text to follow {@code caches.<name>}, without credentials
     */
    public void problem(String problem) {
        problems.add("caches." + name + problem);
    }

    /**
     * Reports the problems.
     *
     * @throws IllegalArgumentException with all problems, if there is one
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /**
     * A time: seconds with an optional fraction ({@code 300}, {@code 0.5}), or an ISO-8601 duration ({@code PT5M}).
     *
     * @param text what was given
     * @return the time, perhaps negative; {@link ICacheService#FOREVER} for more than 18 digits of seconds
     * @throws IllegalArgumentException if it is neither; the message is to follow the option's name
     */
    public static Duration duration(String text) {
        String trimmed = text.trim();
        try {
            return trimmed.toUpperCase(Locale.ROOT).matches("[+-]?P.*")
                    ? Duration.parse(trimmed)
                    : seconds(new BigDecimal(trimmed));
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "is '" + text + "', but must be a number of seconds (300, 0.5) or an ISO-8601 duration (PT5M)", e);
        }
    }

    private static Duration seconds(BigDecimal seconds) {
        if ((long) seconds.precision() - seconds.scale() > 18) {
            return seconds.signum() < 0 ? Duration.ofSeconds(-1) : ICacheService.FOREVER;
        }
        long whole = seconds.longValue();
        return Duration.ofSeconds(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }
}
