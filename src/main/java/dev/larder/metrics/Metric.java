package dev.larder.metrics;

import dev.larder.statistics.CountsSnapshot;
import java.util.function.ToLongFunction;

/** The metrics. Their names are published: dashboards and alerts use them. */
enum Metric {
    GETS("cache.gets", "{get}", "Requests, calls and gets, by their result"),
    PUTS("cache.puts", "{entry}", "Stored entries"),
    EVICTIONS("cache.evictions", "{entry}", "Entries that the store removed because room was needed"),
    SIZE("cache.size", "{entry}", "Entries that the store holds"),
    LOAD_DURATION("cache.load.duration", "s", "Duration of the method or loader after a miss"),
    NOT_STORED("larder.not.stored", "{response}", "Misses and bypasses after which nothing was stored, by the reason"),
    COALESCED("larder.coalesced", "{get}", "Gets that waited for the first one of their key, and got its result"),
    FAILURES("larder.backend.failures", "{failure}", "Operations and probes of the store that failed"),
    BREAKER_OPEN("larder.breaker.open", "{breaker}", "Open breakers of the backend and its servers");

    private final String title;
    private final String unit;
    private final String description;

    Metric(String title, String unit, String description) {
        this.title = title;
        this.unit = unit;
        this.description = description;
    }

    /** The name, in the words of the metrics' APIs. */
    String title() {
        return title;
    }

    /** The unit in UCUM, as OpenTelemetry writes it. */
    String unit() {
        return unit;
    }

    String description() {
        return description;
    }

    /** A value of the tag {@code result}, and the count of it. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    enum Result {
        HIT("hit", CountsSnapshot::hits),
        MISS("miss", CountsSnapshot::misses),
        STALE("stale", CountsSnapshot::stale),
        BYPASS("bypass", CountsSnapshot::bypasses);

        private final String text;
        private final ToLongFunction<CountsSnapshot> count;

        Result(String text, ToLongFunction<CountsSnapshot> count) {
            this.text = text;
            this.count = count;
        }

        String text() {
            return text;
        }

        ToLongFunction<CountsSnapshot> count() {
            return count;
        }
    }

    /** The count of one reason. */
    static ToLongFunction<CountsSnapshot> notStored(String reason) {
        return counts -> {
            Long count = counts.notStored().get(reason);
            return count == null ? 0 : count;
        };
    }
}
