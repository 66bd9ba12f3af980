package dev.larder.response;

import dev.larder.http.Fields;
import dev.larder.http.ProducedTypes;
import dev.larder.http.VaryMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a request's Accept is in the key of a resource method that can produce several media types: the type it selects,
 * as long as the responses are of that type, and otherwise the whole of it. Thread-safe.
 */
public final class Negotiation {

    private static final VaryMatch ACCEPT = new VaryMatch(List.of("accept"));

    private volatile @Nullable ProducedTypes types;

    /**
     * Makes that of a method.
     *
     * @param produced what {@code @Produces} lists, empty without one
     */
    public Negotiation(List<String> produced) {
        types = ProducedTypes.of(produced);
    }

    /** The part of the key. */
    String key(Fields request) {
        ProducedTypes known = types;
        String selected = known == null ? null : known.selected(request);
        return selected == null ? ACCEPT.selecting(request) : selected;
    }

    /**
     * Whether a response is what its key says. If not, then the method or the server goes by rules of its own, and from now
     * on the key holds the whole Accept.
     */
    boolean isKept(String key, @Nullable String contentType) {
        boolean kept = contentType == null || key.startsWith("accept:") || ProducedTypes.isOf(key, contentType);
        if (!kept) {
            types = null;
        }
        return kept;
    }
}
