package dev.larder.key;

import java.util.Map;

/**
 * The generations that an entry belongs to, as they are persisted in it: that of all entries under the key prefix, and that
 * of each of its tags. It is served as long as all of them are current. Immutable if the map is.
 */
public final class Generations {

    /** Those of an entry that is not invalidated with others. */
    public static final Generations NONE = new Generations(0, Map.of());

    /** Those of a counter, or of an entry that cannot be read: no invalidation ends it. */
    public static final Generations ENDLESS = new Generations(0, Map.of());

    private final long all;
    private final Map<String, Long> tags;

    /**
     * Holds them.
     *
     * @param all the generation of all entries, 0 if it has none
     * @param tags the generations by tag
     */
    public Generations(long all, Map<String, Long> tags) {
        this.all = all;
        this.tags = tags;
    }

    /** The generation of all entries, 0 if it has none. */
    public long all() {
        return all;
    }

    /** The generations by tag. */
    public Map<String, Long> tags() {
        return tags;
    }

    /** A text that is different for other generations of the same tags. */
    public String text() {
        StringBuilder text = new StringBuilder().append(all);
        tags.values().forEach(generation -> text.append(' ').append(generation));
        return text.append(' ').toString();
    }
}
