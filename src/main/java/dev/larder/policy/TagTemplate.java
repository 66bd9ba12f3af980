package dev.larder.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tag with placeholders, which are resolved at deployment. A template without any costs nothing at a call.
 * Immutable and thread-safe.
 */
final class TagTemplate {

    /** A part of a tag: what it adds for a call. */
    interface Part {

        /** The text for a call; null is an empty text. Throws whatever a member of the application throws. */
        @Nullable
        Object of(TagCall call) throws Throwable;

        /** Whether the part needs the arguments of the call. */
        default boolean readsArguments() {
            return false;
        }
    }

    private record Literal(String text) implements Part {
        @Override
        public String of(TagCall call) {
            return text;
        }
    }

    private final List<Part> parts;
    private final @Nullable String constant;

    private TagTemplate(List<Part> parts) {
        this.parts = parts;
        boolean literal = parts.stream().allMatch(Literal.class::isInstance);
        this.constant = literal ? text(parts) : null;
    }

    private static String text(List<Part> literals) {
        StringBuilder text = new StringBuilder();
        literals.forEach(each -> text.append(((Literal) each).text()));
        return text.toString();
    }

    /**
     * Parses a tag and resolves its placeholders.
     *
     * @throws IllegalArgumentException if a brace is open, or a placeholder cannot be resolved; the message is the predicate
     *     of a sentence about the tag
     */
    static TagTemplate of(String tag, TagNames names) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (c != '{') {
                literal.append(c);
            } else if (tag.startsWith("{{", i)) {
                literal.append('{');
                i++;
            } else {
                int close = tag.indexOf('}', i);
                int next = tag.indexOf('{', i + 1);
                if (close < 0 || (next >= 0 && next < close)) {
                    throw new IllegalArgumentException(
                            "has an open brace at position " + i + ". Close it, or write '{{' for a brace");
                }
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
                parts.add(names.resolve(tag.substring(i + 1, close)));
                i = close;
            }
        }
        parts.add(new Literal(literal.toString()));
        return new TagTemplate(List.copyOf(parts));
    }

    /** The tag, if it is the same for every call; else null. */
    @Nullable
    String constant() {
        return constant;
    }

    boolean readsArguments() {
        return parts.stream().anyMatch(Part::readsArguments);
    }

    /** The tag of a call. Throws whatever a member of the application throws. */
    String of(TagCall call) throws Throwable {
        if (constant != null) {
            return constant;
        }
        StringBuilder tag = new StringBuilder();
        for (Part part : parts) {
            Object value = part.of(call);
            if (value != null) {
                tag.append(value);
            }
        }
        return tag.toString();
    }

    /** The values of a call. */
    record TagCall(
            List<@Nullable Object> arguments,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters) {}
}
