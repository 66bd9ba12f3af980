package dev.larder.group;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The entries with a tag. If its generation is evicted, they are misses. */
final class InProcessTag extends InProcess {

    private final Supplier<Cache<String, Generation>> generations;
    private final String tag;
    private final GenerationSequence sequence;

    /** The one that was read last, so that a hit reads one field. */
    private @Nullable Generation latest;

    InProcessTag(Supplier<Cache<String, Generation>> generations, String tag, GenerationSequence sequence) {
        this.generations = generations;
        this.tag = tag;
        this.sequence = sequence;
    }

    /** The generation of a tag as long as the tag is in the map. */
    static final class Generation {

        private volatile long number;

        private Generation(long number) {
            this.number = number;
        }

        /** Ends it, before the tag can get another one: whoever still holds it finds no entry. */
        void evict() {
            number = 0;
        }
    }

    @Override
    public long current() {
        Generation held = latest;
        long number = held == null ? 0 : held.number;
        if (number == 0) {
            held = generations.get().getIfPresent(tag);
            latest = held;
            number = held == null ? 0 : held.number;
        }
        return number;
    }

    @Override
    public long begin(long read) {
        return read != 0 ? read : generations.get().get(tag, any -> new Generation(sequence.next())).number;
    }

    @Override
    public boolean invalidate() {
        generations.get().asMap().compute(tag, (any, held) -> {
            Generation generation = held == null ? new Generation(0) : held;
            generation.number = sequence.nextAfterInvalidation();
            return generation;
        });
        return true;
    }
}
