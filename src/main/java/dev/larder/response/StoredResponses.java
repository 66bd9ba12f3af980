package dev.larder.response;

import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.StoreKey;
import dev.larder.service.Numbered;
import dev.larder.service.Region;
import dev.larder.spi.Ttl;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one resource key: one, or an index and its variants. Throws
 * {@link dev.larder.CacheBackendException} if the backend fails.
 *
 * @param uri where their generation is known; null: they belong to none
 * @param generation the one that the request belongs to, 0 for none
 */
record StoredResponses(Region region, String text, Generations.@Nullable Uri uri, long generation) {

    private static final Object[] INDEXES =
            Stream.generate(Object::new).limit(64).toArray();

    /**
     * What was found for a request.
     *
     * @param number the number of the generation, as the store has it
     */
    record Match(
            @Nullable StoredResponse response, @Nullable VariantIndex index, long number) {}

    Match find(RequestFacts request) {
        StoreKey key = region.key(text);
        Numbered found = uri == null ? new Numbered(0, region.getResponse(key)) : uri.read(key);
        long number = found.number();
        if (uri != null && (number == 0 || uri.current(number) != number)) {
            return new Match(null, null, number);
        }
        StoredResponse entry = of(number, found.response());
        VariantIndex index = VariantIndex.of(entry);
        if (index == null) {
            return new Match(entry, null, number);
        }
        String variant = index.select(request);
        boolean known = index.variants().contains(variant);
        return new Match(known ? of(number, region.getResponse(key(variant))) : null, index, number);
    }

    /** The entry if it belongs to the generation. */
    private static @Nullable StoredResponse of(long generation, @Nullable StoredResponse entry) {
        return entry == null || entry.generation() == generation ? entry : null;
    }

    /** The same for a request of this generation. */
    StoredResponses begun(long now) {
        return new StoredResponses(region, text, uri, now);
    }

    /**
     * Stores a response.
     *
     * @param index the index that was found when the request came, or null
     * @return false if its generation is over: newer ones are not overwritten
     */
    boolean put(RequestFacts request, StoredResponse response, VaryMatch vary, @Nullable VariantIndex index, Ttl ttl) {
        if (uri != null && uri.current() != generation) {
            return false;
        }
        if (vary.names().isEmpty() && index == null) {
            region.setResponse(region.key(text), response, ttl);
        } else {
            synchronized (INDEXES[(text.hashCode() & Integer.MAX_VALUE) % INDEXES.length]) {
                putVariant(request, response, vary, index, ttl);
            }
        }
        if (uri != null) {
            uri.keep(generation, ttl);
        }
        return true;
    }

    /** Two at once would each write an index without the other's variant. */
    private void putVariant(
            RequestFacts request, StoredResponse response, VaryMatch vary, @Nullable VariantIndex index, Ttl ttl) {
        VariantIndex now = VariantIndex.of(of(generation, region.getResponse(region.key(text))));
        VariantIndex joined = (now == null ? new VariantIndex(VaryMatch.NONE, List.of()) : now)
                .joined(vary)
                .joined(index == null ? VaryMatch.NONE : index.vary());
        String variant = joined.select(request);
        String pushedOut = joined.pushedOutBy(variant);
        if (pushedOut != null) {
            region.delete(key(pushedOut));
        }
        region.setResponse(key(variant), response, ttl);
        region.setResponse(region.key(text), joined.with(variant).toEntry(response.storedAtMillis(), generation), ttl);
    }

    private StoreKey key(String variant) {
        return region.key(text + ' ' + variant);
    }
}
