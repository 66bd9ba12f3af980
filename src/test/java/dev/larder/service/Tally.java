package dev.larder.service;

import dev.larder.statistics.CountsSnapshot;
import java.util.StringJoiner;

/** Counts in words, without what is zero: {@code 1 hit, 2 misses}. */
public final class Tally {

    private Tally() {}

    public static String of(CountsSnapshot counts) {
        StringJoiner text = new StringJoiner(", ");
        add(text, counts.hits(), "hit");
        add(text, counts.coalesced(), "coalesced");
        add(text, counts.stale(), "stale");
        add(text, counts.misses(), "miss");
        add(text, counts.bypasses(), "bypass");
        add(text, counts.loads().count(), "load");
        add(text, counts.puts(), "put");
        counts.notStored().forEach((reason, count) -> add(text, count, "not stored: " + reason));
        add(text, counts.removals(), "removal");
        add(text, counts.invalidations(), "invalidation");
        add(text, counts.failures(), "failure");
        return text.toString();
    }

    private static void add(StringJoiner text, long count, String what) {
        if (count != 0) {
            text.add(count + " " + what);
        }
    }
}
