package dev.larder.response;

import dev.larder.http.Fields;
import dev.larder.http.ProducedTypes;
import dev.larder.http.VaryMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a key that distinguishes the media types of a resource method that can produce several: the type that Accept
 * selects or, once a response was of another type, the whole Accept. Thread-safe.
 */
public final class Negotiation {

    private static final VaryMatch ACCEPT = new VaryMatch(List.of("accept"));

    private volatile @Nullable ProducedTypes types;

    /**
     * Creates it for a method.
     *
     * @param produced the media types of {@code @Produces}, empty without one
     */
    public Negotiation(List<String> produced) {
        types = ProducedTypes.of(produced);
    }

    /** The part of the key. */
    String key(Fields request) {
        ProducedTypes produced = types;
        String selected = produced == null ? null : produced.selected(request);
        return selected == null ? ACCEPT.selecting(request) : selected;
    }

    /**
     * Whether a response is of the type in its key. If not, the method or the server selects by rules of its own, and from
     * now on keys have the whole Accept.
     */
    boolean isOfType(String key, @Nullable String contentType) {
        boolean same = contentType == null || key.startsWith("accept:") || ProducedTypes.isOf(key, contentType);
        if (!same) {
            types = null;
        }
        return same;
    }
}
