package dev.larder.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of a message in their order, immutable; names are case-insensitive (RFC 9110 §5.1), values as sent.
 *
 * <p>A lookup is a scan: a message has about ten lines, and a scan needs no index. No null is accepted anywhere.
 */
public final class Fields {

    /** No field lines. */
    public static final Fields EMPTY = new Fields(new String[0]);

    private final String[] lines; // name, value, name, value …

    private Fields(String[] lines) {
        this.lines = lines;
    }

    /** The field lines of a map, one for each value. */
    public static Fields of(Map<String, ? extends List<String>> map) {
        String[] lines = new String[2 * map.size()]; // most names have one line
        int filled = 0;
        for (Map.Entry<String, ? extends List<String>> field : map.entrySet()) {
            String name = requireNonNull(field.getKey(), "name");
            for (String value : field.getValue()) {
                if (filled == lines.length) {
                    lines = Arrays.copyOf(lines, 2 * filled + 2);
                }
                lines[filled++] = name;
                lines[filled++] = requireNonNull(value, name);
            }
        }
        return filled == 0 ? EMPTY : new Fields(filled == lines.length ? lines : Arrays.copyOf(lines, filled));
    }

    /**
     * The field lines {@code name, value, name, value …}.
     *
     * @throws IllegalArgumentException if the last name has no value
     */
    public static Fields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Names and values go in pairs, but there were " + namesAndValues.length);
        }
        return of(List.of(namesAndValues));
    }

    private static Fields of(List<String> lines) {
        return lines.isEmpty() ? EMPTY : new Fields(lines.toArray(String[]::new));
    }

    /**
     * The values of all lines of a name.
     *
     * @return the values as sent, empty if there is no such line
     */
    public List<String> lines(String name) {
        int at = next(name, 0);
        if (at < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(2);
        for (; at >= 0; at = next(name, at + 2)) {
            values.add(lines[at + 1]);
        }
        return List.copyOf(values);
    }

    /**
     * The value of the first line of a name.
     *
     * @return the value as sent, null if there is no such line
     */
    public @Nullable String first(String name) {
        int at = next(name, 0);
        return at < 0 ? null : lines[at + 1];
    }

    /**
     * The combined value of a name (RFC 9110 §5.2): its lines joined by a comma and a space.
     *
     * @return the value, null if there is no such line
     */
    public @Nullable String combined(String name) {
        int at = next(name, 0);
        if (at < 0) {
            return null;
        }
        int further = next(name, at + 2);
        if (further < 0) {
            return lines[at + 1];
        }
        StringBuilder combined = new StringBuilder(lines[at + 1]);
        for (; further >= 0; further = next(name, further + 2)) {
            combined.append(", ").append(lines[further + 1]);
        }
        return combined.toString();
    }

    /** Whether there is a line of this name, even with an empty value. */
    public boolean contains(String name) {
        return next(name, 0) >= 0;
    }

    /**
     * These lines except those of some names.
     *
     * @param name called with each name in lower case
     */
    public Fields without(Predicate<String> name) {
        return where((candidate, value) -> !name.test(lowerCase(candidate)));
    }

    /**
     * These lines with one value for the name, in the place of its first line or at the end.
     *
     * @param value its only value from now on
     */
    public Fields with(String name, String value) {
        int first = next(name, 0);
        if (first < 0) {
            return plus(name, value);
        }
        String[] copy = lines.clone();
        copy[first + 1] = requireNonNull(value, "value");
        Fields replaced = new Fields(copy);
        return next(name, first + 2) < 0 ? replaced : replaced.onlyFirst(name);
    }

    /**
     * These lines with those of other names.
     *
     * @param others lines that take the place of all of the same name
     */
    public Fields with(Fields others) {
        if (others.lines.length == 0) {
            return this;
        }
        return where((name, value) -> !others.contains(name)).plus(others);
    }

    /**
     * These lines and one more.
     *
     * @param value the added line's value
     */
    public Fields plus(String name, String value) {
        String[] longer = Arrays.copyOf(lines, lines.length + 2);
        longer[lines.length] = requireNonNull(name, "name");
        longer[lines.length + 1] = requireNonNull(value, "value");
        return new Fields(longer);
    }

    /**
     * These lines and others.
     *
     * @param others the lines to add, even if there are lines of the same names
     */
    public Fields plus(Fields others) {
        if (others.lines.length == 0) {
            return this;
        }
        String[] all = Arrays.copyOf(lines, lines.length + others.lines.length);
        System.arraycopy(others.lines, 0, all, lines.length, others.lines.length);
        return new Fields(all);
    }

    /** Gives each line in order. */
    public void forEach(BiConsumer<String, String> line) {
        for (int i = 0; i < lines.length; i += 2) {
            line.accept(lines[i], lines[i + 1]);
        }
    }

    /**
     * The number of lines.
     *
     * @return zero or more
     */
    public int size() {
        return lines.length / 2;
    }

    /**
     * The number of characters of all names and values.
     *
     * @return zero or more
     */
    public long length() {
        long length = 0;
        for (String part : lines) {
            length += part.length();
        }
        return length;
    }

    /**
     * Whether each line can be sent as it is (RFC 9110 §5.5): the names are tokens, and no value holds CR, LF, NUL or
     * another control character but the tab.
     *
     * @return false if a line could split a message
     */
    public boolean safe() {
        for (int i = 0; i < lines.length; i += 2) {
            if (!Syntax.isToken(lines[i]) || !Syntax.isFieldValue(lines[i + 1])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The lines that can be sent as they are, see {@link #safe()}.
     *
     * @return these lines except the unsafe ones, this object if there are none
     */
    public Fields onlySafe() {
        return safe() ? this : where((name, value) -> Syntax.isToken(name) && Syntax.isFieldValue(value));
    }

    private Fields onlyFirst(String name) {
        boolean[] seen = {false};
        return where((candidate, value) -> {
            boolean named = candidate.equalsIgnoreCase(name);
            boolean stays = !named || !seen[0];
            seen[0] |= named;
            return stays;
        });
    }

    private Fields where(BiPredicate<String, String> stays) {
        List<String> staying = new ArrayList<>(lines.length);
        for (int i = 0; i < lines.length; i += 2) {
            if (stays.test(lines[i], lines[i + 1])) {
                staying.add(lines[i]);
                staying.add(lines[i + 1]);
            }
        }
        return staying.size() == lines.length ? this : of(staying);
    }

    /** Whether a name begins with this prefix, in any case. One scan takes the place of many for absent names. */
    boolean anyBeginsWith(String prefix) {
        char lower = prefix.charAt(0);
        char upper = Character.toUpperCase(lower);
        for (int i = 0; i < lines.length; i += 2) {
            String name = lines[i];
            char first = name.isEmpty() ? 0 : name.charAt(0);
            if ((first == lower || first == upper) && name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }

    private int next(String name, int from) {
        int length = name.length();
        for (int i = from; i < lines.length; i += 2) {
            if (lines[i].length() == length && lines[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fields fields && sameLines(fields.lines);
    }

    private boolean sameLines(String[] others) {
        boolean same = lines.length == others.length;
        for (int i = 0; same && i < lines.length; i += 2) {
            same = lines[i].equalsIgnoreCase(others[i]) && lines[i + 1].equals(others[i + 1]);
        }
        return same;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < lines.length; i += 2) {
            hash = 31 * (31 * hash + lowerCase(lines[i]).hashCode()) + lines[i + 1].hashCode();
        }
        return hash;
    }

    /** The names only: values may be credentials. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>(size());
        forEach((name, value) -> names.add(name));
        return names.toString();
    }
}
