package dev.larder.response;

import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.StoreKey;
import dev.larder.service.Region;
import dev.larder.spi.Ttl;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one resource key: one, or an index and its variants. Throws
 * {@link dev.larder.CacheBackendException} if the backend fails.
 */
record Shelf(Region region, String text) {

    private static final Object[] INDEXES =
            Stream.generate(Object::new).limit(64).toArray();

    /** What was found for a request. */
    record Found(
            @Nullable StoredResponse response, @Nullable VariantIndex index) {}

    Found find(RequestFacts request) {
        StoredResponse entry = region.getResponse(region.key(text));
        VariantIndex index = VariantIndex.of(entry);
        if (index == null) {
            return new Found(entry, null);
        }
        String variant = index.select(request);
        boolean known = index.variants().contains(variant);
        return new Found(known ? region.getResponse(key(variant)) : null, index);
    }

    /**
     * Stores a response.
     *
     * @param index the index that was found when the request came, or null
     */
    void put(RequestFacts request, StoredResponse response, VaryMatch vary, @Nullable VariantIndex index, Ttl ttl) {
        if (vary.names().isEmpty() && index == null) {
            region.setResponse(region.key(text), response, ttl);
            return;
        }
        synchronized (INDEXES[(text.hashCode() & Integer.MAX_VALUE) % INDEXES.length]) {
            putVariant(request, response, vary, index, ttl);
        }
    }

    /** Two at once would each write an index without the other's variant. */
    private void putVariant(
            RequestFacts request, StoredResponse response, VaryMatch vary, @Nullable VariantIndex index, Ttl ttl) {
        VariantIndex now = VariantIndex.of(region.getResponse(region.key(text)));
        VariantIndex joined = (now == null ? new VariantIndex(VaryMatch.NONE, List.of()) : now)
                .joined(vary)
                .joined(index == null ? VaryMatch.NONE : index.vary());
        String variant = joined.select(request);
        region.setResponse(key(variant), response, ttl);
        region.setResponse(region.key(text), joined.with(variant).toEntry(response.storedAtMillis()), ttl);
    }

    private StoreKey key(String variant) {
        return region.key(text + ' ' + variant);
    }
}
