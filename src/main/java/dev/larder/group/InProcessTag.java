package dev.larder.group;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.function.Supplier;

/** The entries with a tag. If its generation is evicted, they are misses. */
final class InProcessTag extends InProcess {

    private final Supplier<Cache<String, Long>> generations;
    private final String tag;
    private final GenerationSequence sequence;

    InProcessTag(Supplier<Cache<String, Long>> generations, String tag, GenerationSequence sequence) {
        this.generations = generations;
        this.tag = tag;
        this.sequence = sequence;
    }

    @Override
    public long current() {
        Long generation = generations.get().getIfPresent(tag);
        return generation == null ? 0 : generation;
    }

    @Override
    public long begin(long read) {
        return read != 0 ? read : generations.get().get(tag, any -> sequence.next());
    }

    @Override
    public boolean invalidate() {
        generations.get().put(tag, sequence.nextAfterInvalidation());
        return true;
    }
}
