package dev.larder.bench;

import java.util.Collection;
import java.util.Locale;

/** Measured values: their median, and the quartiles around it. */
public record Spread(double lower, double median, double upper) {

    /** The spread of some values, at least one. */
    public static Spread of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** Median and quartiles with so many decimals: {@code 1.04 (1.01 – 1.08)}. */
    public String text(int decimals) {
        String each = "%." + decimals + "f";
        return String.format(Locale.ROOT, each + " (" + each + " - " + each + ")", median, lower, upper);
    }
}
