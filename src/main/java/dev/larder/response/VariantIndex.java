package dev.larder.response;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.larder.http.Fields;
import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry under the key of a resource whose responses vary (RFC 9111 §4.1): the selecting request fields, and the variants,
 * each stored under a key of its own. It is stored as a response without a status. Persisted: do not change its form.
 *
 * @param vary the request fields that select
 * @param variants the hashes of their normalised values, oldest first
 */
record VariantIndex(VaryMatch vary, List<String> variants) {

    static final int MAX_VARIANTS = 64;

    private static final int NO_STATUS = 0;

    /** The index that this entry is, or null if it is a response. */
    static @Nullable VariantIndex of(@Nullable StoredResponse entry) {
        if (entry == null || entry.status() != NO_STATUS) {
            return null;
        }
        String variants = new String(entry.body(), US_ASCII);
        return new VariantIndex(
                VaryMatch.of(entry.fields()), variants.isEmpty() ? List.of() : List.of(variants.split(" ", -1)));
    }

    /** As an entry of the store. */
    StoredResponse toEntry(long now, long generation) {
        return new StoredResponse(
                NO_STATUS,
                Fields.of("Vary", String.join(", ", vary.names())),
                String.join(" ", variants).getBytes(US_ASCII),
                now,
                0,
                Long.MAX_VALUE,
                generation);
    }

    /** The variant a request selects. */
    String select(RequestFacts request) {
        return vary.hash(request.fields());
    }

    /** This index, selecting by the fields of another response too; without variants if that is a change. */
    VariantIndex joined(VaryMatch other) {
        VaryMatch all = vary.joined(other);
        return all.equals(vary) ? this : new VariantIndex(all, List.of());
    }

    /** The oldest variant, if this one has to replace it. */
    @Nullable
    String replacedBy(String variant) {
        return variants.size() >= MAX_VARIANTS && !variants.contains(variant) ? variants.get(0) : null;
    }

    /** This index with this variant, which may replace the oldest. */
    VariantIndex with(String variant) {
        if (variants.contains(variant)) {
            return this;
        }
        List<String> more = new ArrayList<>(variants);
        if (more.size() >= MAX_VARIANTS) {
            more.remove(0);
        }
        more.add(variant);
        return new VariantIndex(vary, List.copyOf(more));
    }
}
