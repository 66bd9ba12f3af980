package dev.larder.group;

import com.github.benmanes.caffeine.cache.Cache;
import dev.larder.key.StoreKey;
import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/** The entries with a tag that only this process has. If the generation is evicted, they are misses. */
record InProcessTag(Cache<String, Long> generations, String tag, GenerationSequence sequence) implements Group {

    @Override
    public @Nullable StoreKey key() {
        return null;
    }

    @Override
    public long current(long read) {
        return current();
    }

    @Override
    public long current() {
        Long generation = generations.getIfPresent(tag);
        return generation == null ? 0 : generation;
    }

    @Override
    public long begin(long read) {
        return read != 0 ? read : generations.get(tag, any -> sequence.next());
    }

    @Override
    public boolean isInvalidatedSince(Moment moment, long generation) {
        return GenerationSequence.isInvalidatedAfter(moment, generation);
    }

    @Override
    public void keep(long generation, Ttl ttl) {}

    @Override
    public boolean invalidate() {
        generations.put(tag, sequence.nextAfterInvalidation());
        return true;
    }

    @Override
    public void invalidateHere() {
        invalidate();
    }
}
