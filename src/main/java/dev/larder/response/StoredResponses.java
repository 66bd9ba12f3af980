package dev.larder.response;

import dev.larder.Cache;
import dev.larder.group.Group;
import dev.larder.group.Moment;
import dev.larder.group.TagGroups;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.service.LiveValue;
import dev.larder.service.Region;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one resource key: one, or an index and its variants. Throws
 * {@link dev.larder.CacheBackendException} if the backend fails.
 *
 * @param uri the responses that are invalidated with them; null if the success of no unsafe method invalidates them
 * @param tags the tags that the resource has
 * @param learnt the tags that only the new response names
 * @param since when the request came
 * @param generation that of the URI when the request came, 0 for none
 * @param generations those that a new entry belongs to; null if it must not be stored
 */
record StoredResponses(
        Region region,
        String text,
        @Nullable Group uri,
        TagGroups tags,
        TagGroups learnt,
        Moment since,
        long generation,
        @Nullable Generations generations) {

    private static final Object[] INDEX_LOCKS =
            Stream.generate(Object::new).limit(64).toArray();

    StoredResponses(Region region, String text, @Nullable Group uri, TagGroups tags) {
        this(region, text, uri, tags, TagGroups.NONE, region.now(), 0, null);
    }

    /**
     * The result of reading the store for a request.
     *
     * @param response the response that the request selects, maybe stale
     * @param index the index of the variants; null if the responses do not vary, or there are none
     * @param uri the generation of the URI that was read
     * @param tags the generations of the tags that were read
     * @param generations what the response belongs to; null if there is none
     */
    record Match(
            @Nullable StoredResponse response,
            @Nullable VariantIndex index,
            long uri,
            Map<String, Long> tags,
            @Nullable Generations generations) {}

    Match find(RequestFacts request) {
        StoreKey uriKey = uri == null ? null : uri.key();
        long here = uri == null || uriKey != null ? 0 : uri.current(); // before the entry: what is stored is no older
        LiveValue<StoredResponse> read = region.getResponse(region.key(text), uriKey, tags);
        long current = uriKey == null ? here : read.uri();
        if (uri != null && (current == 0 || uri.current(current) != current)) {
            return new Match(null, null, current, read.tags(), null);
        }
        StoredResponse entry = inGeneration(current, read.value());
        VariantIndex index = VariantIndex.of(entry);
        if (index == null) {
            return new Match(entry, null, current, read.tags(), read.generations());
        }
        String variant = index.select(request);
        if (!index.variants().contains(variant)) {
            return new Match(null, index, current, read.tags(), null);
        }
        LiveValue<StoredResponse> selected = region.getResponse(key(variant), null, tags);
        StoredResponse response = inGeneration(current, selected.value());
        return new Match(response, index, current, read.tags(), selected.generations());
    }

    private static @Nullable StoredResponse inGeneration(long generation, @Nullable StoredResponse entry) {
        return entry == null || entry.generation() == generation ? entry : null;
    }

    /** The same for a request whose response will be stored: with generations that are current now. */
    StoredResponses begin(Match match) {
        long begun = uri == null ? match.uri() : uri.begin(match.uri());
        Generations all = uri != null && begun == 0 ? null : region.begin(tags, match.tags());
        return new StoredResponses(region, text, uri, tags, TagGroups.NONE, since, begun, all);
    }

    /** The same for a request whose response will not be stored. */
    StoredResponses withoutStoring(Match match) {
        return new StoredResponses(region, text, uri, tags, TagGroups.NONE, since, match.uri(), null);
    }

    /** Whether an entry may have these tags in addition to those of the resource. */
    boolean mayHave(Set<String> named) {
        if (named.isEmpty() || generations == null) {
            return true;
        }
        Set<String> all = new HashSet<>(named);
        all.addAll(generations.tags().keySet());
        return all.size() <= Cache.MAX_TAGS;
    }

    /**
     * The same for a response that names tags itself: their generations are read now.
     *
     * @return null if one was invalidated since the request came, or the store does not take a generation
     */
    @Nullable
    StoredResponses with(Set<String> named) {
        if (generations == null || generations.tags().keySet().containsAll(named)) {
            return this;
        }
        Set<String> others = new HashSet<>(named);
        others.removeAll(generations.tags().keySet());
        TagGroups groups = region.groupsOf(others);
        Map<String, Long> begun = groups.beginLearnt(since);
        if (begun == null) {
            return null;
        }
        Map<String, Long> all = new HashMap<>(generations.tags());
        all.putAll(begun);
        return new StoredResponses(
                region, text, uri, tags, groups, since, generation, new Generations(generations.all(), all));
    }

    /** Whether this process has not seen an invalidation of the generations. */
    boolean mayBeCurrent() {
        return generations != null
                && region.mayBeCurrent(generations)
                && (uri == null || uri.current(generation) == generation);
    }

    /** Whether no invalidation has ended the generations. */
    private boolean areCurrent(Generations begun) {
        if (uri != null && uri.current() != generation) {
            return false;
        }
        Map<String, Long> current = new HashMap<>(tags.current());
        current.putAll(learnt.current());
        return region.mayBeCurrent(begun)
                && begun.tags().entrySet().stream()
                        .allMatch(tag -> tag.getValue().equals(current.get(tag.getKey())));
    }

    /**
     * Stores a response.
     *
     * @param index the index when the request came; null if there was none
     * @return null if it is stored; else why not: too large for the store, or its generation was invalidated and newer
     *     responses are not overwritten
     */
    @Nullable
    Reason put(RequestFacts request, Recorded recorded, @Nullable VariantIndex index) {
        if (generations == null || !areCurrent(generations)) {
            return Reason.INVALIDATED;
        }
        boolean stored;
        if (recorded.variants().names().isEmpty() && index == null) {
            stored = region.setResponse(region.key(text), generations, recorded.response(), recorded.ttl());
        } else {
            synchronized (INDEX_LOCKS[(text.hashCode() & Integer.MAX_VALUE) % INDEX_LOCKS.length]) {
                stored = putVariant(request, generations, recorded, index);
            }
        }
        if (!stored) {
            return Reason.BODY_SIZE;
        }
        if (uri != null) {
            uri.keep(generation, recorded.ttl());
        }
        tags.keep(generations.tags(), recorded.ttl());
        learnt.keep(generations.tags(), recorded.ttl());
        return null;
    }

    /** Guarded by a lock: two at once would each write an index without the other's variant. */
    private boolean putVariant(
            RequestFacts request, Generations begun, Recorded recorded, @Nullable VariantIndex index) {
        StoredResponse response = recorded.response();
        VariantIndex now = VariantIndex.of(inGeneration(generation, region.getResponse(region.key(text), tags)));
        VariantIndex joined = (now == null ? new VariantIndex(VaryMatch.NONE, List.of()) : now)
                .joined(recorded.variants())
                .joined(index == null ? VaryMatch.NONE : index.vary());
        String variant = joined.select(request);
        String replaced = joined.replacedBy(variant);
        if (replaced != null) {
            region.remove(key(replaced));
        }
        StoredResponse entry = joined.with(variant).toEntry(response.storedAtMillis(), generation);
        return region.setResponse(key(variant), begun, response, recorded.ttl())
                && region.setResponse(region.key(text), withoutLearnt(begun), entry, recorded.ttl());
    }

    /** The generations of the index: the tags of one variant must not invalidate the others. */
    private Generations withoutLearnt(Generations begun) {
        if (learnt.isEmpty()) {
            return begun;
        }
        Map<String, Long> ofResource = new HashMap<>(begun.tags());
        ofResource.keySet().retainAll(tags.names());
        return new Generations(begun.all(), ofResource);
    }

    private StoreKey key(String variant) {
        return region.key(text + ' ' + variant);
    }
}
