package dev.larder.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The problems of a deployment, collected so that they are reported together. Thread-safe. */
public final class Problems {

    private final List<String> problems = new ArrayList<>();

    /**
     * Adds a problem.
     *
     * @param problem a sentence: who, what was given, what is expected, what to do
     */
    public synchronized void add(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Adds all problems of another collection. */
    public void addAll(Problems others) {
        others.problems.forEach(this::add);
    }

    /** Whether nothing is wrong. */
    public synchronized boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Runs a check. If it throws, adds {@code where} and the message as a problem, and returns null. */
    public <T> @Nullable T check(String where, Supplier<T> check) {
        try {
            return check.get();
        } catch (IllegalArgumentException e) {
            add(where + e.getMessage());
            return null;
        }
    }

    /** All problems as one message; empty if there is none. */
    public synchronized Optional<String> message() {
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("Larder found ")
                .append(problems.size() == 1 ? "a problem" : problems.size() + " problems")
                .append(" in this deployment:");
        for (String problem : problems) {
            text.append("\n - ").append(problem);
        }
        return Optional.of(text.toString());
    }

    /** The word that is most similar to a mistyped one, as a sentence to append; empty if none is similar. */
    public static String nearest(String given, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(given, word)))
                .filter(word -> distance(given, word) <= Math.max(2, given.length() / 2))
                .map(word -> ". Did you mean '" + word + "'?")
                .orElse("");
    }

    /**
     * Whether two words differ in one letter, which is missing, added or replaced, or in two adjacent letters that are
     * exchanged.
     */
    public static boolean isOneLetterOff(String one, String other) {
        int same = 0;
        int shorter = Math.min(one.length(), other.length());
        while (same < shorter && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        String a = one.substring(same);
        String b = other.substring(same);
        boolean exchanged = a.length() > 1
                && b.length() > 1
                && a.charAt(0) == b.charAt(1)
                && a.charAt(1) == b.charAt(0)
                && a.substring(2).equals(b.substring(2));
        return exchanged
                || (!a.isEmpty() && a.substring(1).equals(b))
                || (!b.isEmpty() && b.substring(1).equals(a))
                || (!a.isEmpty() && !b.isEmpty() && a.substring(1).equals(b.substring(1)));
    }

    /** The edit distance of Levenshtein. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
