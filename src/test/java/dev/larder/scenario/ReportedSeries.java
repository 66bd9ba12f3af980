package dev.larder.scenario;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Larder's series as a server reports them, in one notation: {@code cache_gets_total{application=shop, cache=default, …}}. Of
 * a duration, only the count.
 */
final class ReportedSeries {

    private static final Pattern LINE = Pattern.compile("(?:application_)?((?:cache|larder)_\\w+)\\{(.*)\\} (\\S+).*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private ReportedSeries() {}

    /** From the text that Prometheus scrapes. Labels that the server adds are left out. */
    static Map<String, Long> ofPrometheus(String text) {
        Map<String, Long> series = new TreeMap<>();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            Map<String, String> labels = new TreeMap<>();
            LABEL.matcher(line.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            labels.keySet().removeIf(label -> label.startsWith("mp_") || label.startsWith("_"));
            String name = line.group(1);
            if (!name.startsWith("cache_load_duration") || name.endsWith("_count")) {
                series.put(name + labels, (long) Double.parseDouble(line.group(3)));
            }
        });
        return series;
    }
}
