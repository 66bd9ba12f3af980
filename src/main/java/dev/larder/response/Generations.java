package dev.larder.response;

import dev.larder.CacheException;
import dev.larder.key.StoreKey;
import dev.larder.service.Numbered;
import dev.larder.service.Region;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a URI's stored responses. A store keeps one number for each URI. It is written before the method
 * runs for the first time. If several processes begin at once, one of them writes it, and the others take the number
 * that they find. If other processes do not share the entries, the number is kept here. A response belongs to the
 * generation that was the current one when its request came, and is served as long as that is the current one. To
 * invalidate all of them, the number is removed: numbers are never used twice, so what belongs to a removed one is
 * never served again, nor is what is stored later for a request that came before. A number that the store loses costs
 * hits, and nothing else.
 *
 * <p>Thread-safe. Notes a fixed number of numbers that this process wrote or took last, so that concurrent misses of a
 * new URI ask the store once, and a replica that is behind does not bring back what was removed. If a note and what was
 * read differ, the server that takes writes is asked: another process may have removed what is noted.
 */
final class Generations {

    private static final int SLOTS = 1024;
    private static final int SLOTS_HERE = 4096;
    private static final int MOST_OWED = 1024;
    private static final int LONGEST = 2048;
    private static final int RANDOM_BITS = 20;

    /** How long a replica may be behind. */
    private static final long LAG_MILLIS = 1_000;

    /** How long a number is kept if nothing is stored. */
    private static final Duration SPAN = Duration.ofHours(1);

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Note> notes = new AtomicReferenceArray<>(SLOTS);
    private final Set<String> owed = ConcurrentHashMap.newKeySet();

    /** Of stores in this process: by the hash of the URI, since two that share one cost each other hits only. */
    private final AtomicLongArray here = new AtomicLongArray(SLOTS_HERE);

    Generations(InstantSource clock) {
        this.clock = clock;
        long first = next(); // none of another deployment's, whose entries the store may have kept
        for (int i = 0; i < SLOTS_HERE; i++) {
            here.set(i, first);
        }
    }

    /** Where the generation of one URI in one region is known. */
    interface Uri {

        /** The same for a request that has waited so long for the store. */
        Uri after(Duration waited);

        /** Reads an entry and the number of the current generation, 0 if there is none. */
        Numbered read(StoreKey entry);

        /** The current generation, 0 if there is none, given the number that was read. */
        long current(long read);

        /** The current generation, 0 if there is none. */
        long current();

        /**
         * The generation of a request whose method is to run: the current one, or a new one.
         *
         * @return 0 if none could be written: what the method answers is not stored
         */
        long begin(long read);

        /** Keeps the number at least as long as what is stored under it. */
        void keep(long generation, Ttl ttl);

        /**
         * Invalidates all that is stored of the URI.
         *
         * @param working false: the store failed just now and is not asked
         * @return false if the store failed
         */
        boolean evict(boolean working);
    }

    /** That of a URI: in the store, or, where the entries are this process's own, in this process. */
    Uri of(Region region, String application, String resource) {
        return region.shared()
                ? new Kept(this, region, region.key("generation " + application + ' ' + resource), last.get())
                : new Here(this, region, slot(resource, SLOTS_HERE));
    }

    private record Here(Generations all, Region region, int slot) implements Uri {

        @Override
        public Uri after(Duration waited) {
            return this;
        }

        @Override
        public Numbered read(StoreKey entry) {
            return new Numbered(current(), region.getResponse(entry));
        }

        @Override
        public long current(long read) {
            return read;
        }

        @Override
        public long current() {
            return all.here.get(slot);
        }

        @Override
        public long begin(long read) {
            return read;
        }

        @Override
        public void keep(long generation, Ttl ttl) {}

        @Override
        public boolean evict(boolean working) {
            all.here.set(slot, all.next());
            return true;
        }
    }

    /**
     * A URI whose number is in the store.
     *
     * @param since the last number of this process when the request came
     */
    private record Kept(Generations all, Region region, StoreKey key, long since) implements Uri {

        @Override
        public Uri after(Duration waited) {
            return new Kept(all, region.after(waited), key, since);
        }

        @Override
        public Numbered read(StoreKey entry) {
            return region.getResponse(entry, key);
        }

        @Override
        public long current(long read) {
            return all.current(region, key, read);
        }

        @Override
        public long current() {
            long read = region.number(key);
            long current = current(read);
            return current == 0 || current == read ? current : region.latestNumber(key);
        }

        @Override
        public long begin(long read) {
            return all.begin(region, key, read, since);
        }

        @Override
        public void keep(long generation, Ttl ttl) {
            all.keep(region, key, generation, ttl);
        }

        @Override
        public boolean evict(boolean working) {
            return all.evict(region, key, working);
        }
    }

    /**
     * What this process did last to the number of a URI: the number that it wrote or found; 0 if that failed, or if it
     * removed the number.
     *
     * @param before what it did before that; counts until {@code number} is known
     */
    private record Note(
            String id,
            long at,
            CompletableFuture<Long> number,
            @Nullable Note before) {

        @Nullable
        Note known() {
            return number.isDone() ? this : before;
        }

        /** The same without the note before it, so that notes do not form an endless chain. */
        Note alone() {
            return new Note(id, at, number, null);
        }

        long written() {
            return number.getNow(0L);
        }
    }

    private long current(Region region, StoreKey uri, long stored) {
        String id = id(region, uri);
        if (owed.contains(id)) {
            return 0;
        }
        Note last = noted(id);
        Note note = last == null ? null : last.known();
        return note == null || stored >= note.at || !isRecent(note) ? stored : note.written();
    }

    private long begin(Region region, StoreKey uri, long stored, long since) {
        if (stored != 0 && current(region, uri, stored) == stored) {
            return stored;
        }
        String id = id(region, uri);
        long number = next();
        Note there;
        Note mine;
        do {
            there = notes.get(slot(id, SLOTS));
            Note other = there != null && there.id.equals(id) ? there : null;
            if (other != null && (!other.number.isDone() || isUsable(other, since))) {
                return other.number.join(); // waits for two operations at most
            }
            mine = new Note(id, number, new CompletableFuture<>(), other == null ? null : other.alone());
        } while (!notes.compareAndSet(slot(id, SLOTS), there, mine));
        try {
            if (owed.contains(id)) {
                region.delete(uri);
                owed.remove(id);
            }
            mine.number.complete(agreed(region, uri, mine.at));
        } finally {
            mine.number.complete(0L);
        }
        return mine.written();
    }

    /**
     * Whether a number that another thread agreed on is still the current one, as far as this process knows. It counts
     * only if the request came before the agreement, since what the request read may then be older. Otherwise what it
     * read from the store is newer.
     */
    private boolean isUsable(Note note, long since) {
        return note.written() != 0 && note.at > since && isRecent(note) && !owed.contains(note.id);
    }

    /**
     * Writes a number, unless there is one.
     *
     * @return the number that is there now; 0 if the store takes none
     */
    private static long agreed(Region region, StoreKey uri, long number) {
        long start = System.nanoTime();
        if (region.addNumber(uri, number, new Ttl(SPAN))) {
            return number;
        }
        long found = left(region, start).latestNumber(uri);
        if (found != 0) {
            return found;
        }
        // it was removed meanwhile, or is no number
        return left(region, start).set(uri, number, new Ttl(SPAN)) ? number : 0;
    }

    private static Region left(Region region, long start) {
        return region.after(Duration.ofNanos(System.nanoTime() - start));
    }

    private void keep(Region region, StoreKey uri, long generation, Ttl ttl) {
        Duration age = Duration.ofMillis(Math.max(0, clock.millis() - millis(generation)));
        if (ttl.isForever()) {
            region.touch(uri, ttl);
        } else if (age.plus(ttl.duration()).compareTo(SPAN) > 0) {
            region.touch(uri, new Ttl(ttl.duration().plus(SPAN)));
        }
    }

    /** What could not be removed is not served by this process until it is. */
    private boolean evict(Region region, StoreKey uri, boolean working) {
        String id = id(region, uri);
        boolean works = working && removed(region, uri);
        notes.set(slot(id, SLOTS), new Note(id, next(), CompletableFuture.completedFuture(0L), null));
        if (works) {
            owed.remove(id);
        } else if (owed.size() < MOST_OWED) {
            owed.add(id);
        }
        return works;
    }

    private static boolean removed(Region region, StoreKey uri) {
        try {
            region.delete(uri);
            return true;
        } catch (CacheException e) {
            return false; // reported by the failure policy
        }
    }

    /** How many could not be removed. */
    int owed() {
        return owed.size();
    }

    /** The time and something random, greater than any before. */
    private long next() {
        long now = clock.millis() << RANDOM_BITS | ThreadLocalRandom.current().nextInt(1 << RANDOM_BITS);
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    private static long millis(long number) {
        return number >> RANDOM_BITS;
    }

    private boolean isRecent(Note note) {
        return Math.abs(clock.millis() - millis(note.at)) < LAG_MILLIS;
    }

    private @Nullable Note noted(String id) {
        Note note = notes.get(slot(id, SLOTS));
        return note != null && note.id.equals(id) ? note : null;
    }

    private static int slot(String id, int slots) {
        int hash = id.hashCode();
        return (hash ^ (hash >>> 16)) & (slots - 1);
    }

    /** What the notes are found by. Of a long URI a part: one that is taken for another costs hits. */
    private static String id(Region region, StoreKey uri) {
        String text = uri.text();
        return text.length() <= LONGEST
                ? region.backend() + ' ' + text
                : region.backend() + ' ' + text.hashCode() + ' ' + text.substring(0, LONGEST);
    }
}
