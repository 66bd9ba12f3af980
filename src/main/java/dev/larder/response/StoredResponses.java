package dev.larder.response;

import dev.larder.group.Group;
import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.StoreKey;
import dev.larder.response.State.Recorded;
import dev.larder.service.Region;
import dev.larder.service.ResponseAndGeneration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one resource key: one, or an index and its variants. Throws
 * {@link dev.larder.CacheBackendException} if the backend fails.
 *
 * @param group the responses that are invalidated with them; null if nothing invalidates them
 * @param generation the one that the request belongs to, 0 for none
 */
record StoredResponses(Region region, String text, @Nullable Group group, long generation) {

    private static final Object[] INDEX_LOCKS =
            Stream.generate(Object::new).limit(64).toArray();

    /**
     * What the store has for a request.
     *
     * @param response the response that the request selects, maybe stale
     * @param index the index of the variants; null if the responses do not vary, or there are none
     * @param generation the generation that was read
     */
    record Match(
            @Nullable StoredResponse response, @Nullable VariantIndex index, long generation) {}

    Match find(RequestFacts request) {
        ResponseAndGeneration read = read(region.key(text));
        long current = read.generation();
        if (group != null && (current == 0 || group.current(current) != current)) {
            return new Match(null, null, current);
        }
        StoredResponse entry = inGeneration(current, read.response());
        VariantIndex index = VariantIndex.of(entry);
        if (index == null) {
            return new Match(entry, null, current);
        }
        String variant = index.select(request);
        boolean stored = index.variants().contains(variant);
        return new Match(stored ? inGeneration(current, region.getResponse(key(variant))) : null, index, current);
    }

    private ResponseAndGeneration read(StoreKey entry) {
        StoreKey generationKey = group == null ? null : group.key();
        if (generationKey != null) {
            return region.getResponse(entry, generationKey);
        }
        long current = group == null ? 0 : group.current(); // before the entry: what is stored under it is no older
        return new ResponseAndGeneration(region.getResponse(entry), current);
    }

    private static @Nullable StoredResponse inGeneration(long generation, @Nullable StoredResponse entry) {
        return entry == null || entry.generation() == generation ? entry : null;
    }

    /** The same for a request of this generation. */
    StoredResponses withGeneration(long begun) {
        return new StoredResponses(region, text, group, begun);
    }

    /**
     * Stores a response.
     *
     * @param index the index when the request came; null if there was none
     * @return false if its generation was invalidated: newer responses are not overwritten
     */
    boolean put(RequestFacts request, Recorded recorded, @Nullable VariantIndex index) {
        if (group != null && group.current() != generation) {
            return false;
        }
        if (recorded.variants().names().isEmpty() && index == null) {
            region.setResponse(region.key(text), recorded.response(), recorded.ttl());
        } else {
            synchronized (INDEX_LOCKS[(text.hashCode() & Integer.MAX_VALUE) % INDEX_LOCKS.length]) {
                putVariant(request, recorded, index);
            }
        }
        if (group != null) {
            group.keep(generation, recorded.ttl());
        }
        return true;
    }

    /** Guarded by a lock: two at once would each write an index without the other's variant. */
    private void putVariant(RequestFacts request, Recorded recorded, @Nullable VariantIndex index) {
        StoredResponse response = recorded.response();
        VariantIndex now = VariantIndex.of(inGeneration(generation, region.getResponse(region.key(text))));
        VariantIndex joined = (now == null ? new VariantIndex(VaryMatch.NONE, List.of()) : now)
                .joined(recorded.variants())
                .joined(index == null ? VaryMatch.NONE : index.vary());
        String variant = joined.select(request);
        String replaced = joined.replacedBy(variant);
        if (replaced != null) {
            region.delete(key(replaced));
        }
        region.setResponse(key(variant), response, recorded.ttl());
        StoredResponse entry = joined.with(variant).toEntry(response.storedAtMillis(), generation);
        region.setResponse(region.key(text), entry, recorded.ttl());
    }

    private StoreKey key(String variant) {
        return region.key(text + ' ' + variant);
    }
}
