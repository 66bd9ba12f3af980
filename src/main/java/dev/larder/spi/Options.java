package dev.larder.spi;

import dev.larder.ICacheService;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/** Reads values of options in the same way as the keys of Larder's configuration. */
public final class Options {

    private Options() {}

    /**
     * A time: seconds with an optional fraction ({@code 300}, {@code 0.5}), or an ISO-8601 duration ({@code PT5M}).
     *
     * @param text what was given
     * @return the time, maybe negative; more seconds than 18 digits hold are {@link ICacheService#FOREVER}
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
