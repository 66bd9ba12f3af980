package dev.larder.group;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.larder.group.InStore.Invalidation;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one backend. The memory that this takes is limited, however many groups there are.
 * Thread-safe.
 */
public final class Groups {

    private static final int IN_PROCESS_URIS = 4096;
    private static final int STORED_NOTES = 16_384;
    private static final int MAX_IN_PROCESS_TAGS = 100_000;

    private final GenerationStore store;
    private final GenerationSequence sequence;
    private final AllEntries all;
    private final Notes notes;
    private final Debts debts;
    private final AtomicLongArray inProcessUris;

    /** Made by the first tag, so that a deployment does not wait for Caffeine's classes. */
    private volatile @Nullable Cache<String, InProcessTag.Generation> inProcessTags;

    /**
     * Creates the groups of a backend. No group begins with the generation of an earlier deployment, since the store may still
     * have its entries.
     *
     * @param clock the time from which generations are drawn; they are persisted
     * @param nanos the time that decides when the generation of all entries is read again
     */
    public Groups(GenerationStore store, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.sequence = new GenerationSequence(clock);
        this.debts = new Debts(store);
        this.notes = new Notes(store.shared() ? STORED_NOTES : 0);
        this.all = new AllEntries(store, sequence, nanos, debts);
        this.inProcessUris = new AtomicLongArray(store.shared() ? 0 : IN_PROCESS_URIS);
        long first = sequence.next();
        for (int i = 0; i < inProcessUris.length(); i++) {
            inProcessUris.set(i, first);
        }
    }

    /**
     * The responses of a URI.
     *
     * @param key the key of its generation
     */
    public Group ofUri(StoreKey key, String uri) {
        return store.shared()
                ? inStore(key, Invalidation.BY_DELETING)
                : new InProcessUri(inProcessUris, slot(uri, IN_PROCESS_URIS), sequence);
    }

    /** The entries with a tag. */
    public Group ofTag(String tag) {
        return store.shared()
                ? inStore(store.keyOfTag(tag), Invalidation.BY_WRITING)
                : new InProcessTag(this::inProcessTags, tag, sequence);
    }

    /** The groups of an entry's tags. */
    public TagGroups ofTags(Collection<String> tags) {
        return tags.isEmpty()
                ? TagGroups.NONE
                : new TagGroups(
                        store, List.copyOf(tags), tags.stream().map(this::ofTag).toList());
    }

    /** All entries under the backend's key prefix. */
    public AllEntries all() {
        return all;
    }

    /** The current moment, for {@link TagGroups#beginLearnt}. */
    public Moment now() {
        return sequence.now();
    }

    /** Whether this process has not seen an invalidation of these generations. Does not call the store. */
    public boolean mayBeCurrent(Generations generations) {
        if (!all.includes(generations.all())) {
            return false;
        }
        for (Map.Entry<String, Long> tag : generations.tags().entrySet()) {
            if (ofTag(tag.getKey()).current(tag.getValue()) != tag.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** The number of invalidations that the store has not taken yet. */
    public int pendingInvalidations() {
        return debts.size();
    }

    private Group inStore(StoreKey key, Invalidation invalidation) {
        return new InStore(store, sequence, notes, debts, all, key, invalidation);
    }

    private Cache<String, InProcessTag.Generation> inProcessTags() {
        Cache<String, InProcessTag.Generation> made = inProcessTags;
        return made != null ? made : makeInProcessTags();
    }

    private synchronized Cache<String, InProcessTag.Generation> makeInProcessTags() {
        Cache<String, InProcessTag.Generation> made = inProcessTags;
        if (made == null) {
            made = Caffeine.newBuilder()
                    .maximumSize(MAX_IN_PROCESS_TAGS)
                    .executor(Runnable::run)
                    .evictionListener(
                            (@Nullable String tag,
                                    InProcessTag.@Nullable Generation generation,
                                    RemovalCause cause) -> {
                                if (generation != null) {
                                    generation.evict();
                                }
                            })
                    .build();
            inProcessTags = made;
        }
        return made;
    }

    private static int slot(String text, int slots) {
        int hash = text.hashCode();
        return (hash ^ (hash >>> 16)) & (slots - 1);
    }
}
