package dev.larder.backend.memcached;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.backend.memcached.MemcachedCommands.Counted;
import dev.larder.backend.memcached.MemcachedCommands.Item;
import dev.larder.backend.memcached.MemcachedCommands.Reply;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.spi.CounterDigits;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds to counters. A counter ends at 2^63-1, but memcached's commands count to 2^64-1. Framed counters are read,
 * changed and stored again.
 */
final class Counting {

    /** Smaller increments cannot overflow 2^64, even if several clients send one at the same moment. */
    private static final long MIN_CHECKED_DELTA = 1L << 32;

    private final MemcachedCommands commands;
    private final LongSupplier clock;

    Counting(MemcachedCommands commands, LongSupplier clock) {
        this.commands = commands;
        this.clock = clock;
    }

    CompletableFuture<Long> add(String key, long delta, Deadline deadline) {
        if (delta < 0) {
            // no counter exceeds 2^63-1, so subtracting 2^63 or 2^63-1 both give 0
            long amount = delta == Long.MIN_VALUE ? Long.MAX_VALUE : -delta;
            return commands.decrease(key, amount, deadline)
                    .thenCompose(counted -> checkResult(key, delta, counted, deadline));
        }
        if (delta < MIN_CHECKED_DELTA) {
            return increase(key, delta, deadline);
        }
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = Item.liveEntry(item, clock.getAsLong());
            plus(key, entry, delta);
            return increase(key, delta, deadline);
        });
    }

    private CompletableFuture<Long> increase(String key, long delta, Deadline deadline) {
        return commands.increase(key, delta, deadline)
                .thenCompose(counted -> checkResult(key, delta, counted, deadline));
    }

    private CompletableFuture<Long> checkResult(String key, long delta, Counted counted, Deadline deadline) {
        return switch (counted.reply()) {
            case DONE ->
                counted.number() >= 0
                        ? CompletableFuture.completedFuture(counted.number())
                        : undo(key, delta, counted.number(), deadline);
            case NOT_FOUND -> throw noSuchKey(key);
            case NO_NUMBER -> countInFrame(key, delta, deadline);
            default -> throw new Refused("Memcached replied to an increment or decrement: " + counted.reply());
        };
    }

    /** Takes back an increment above 2^63-1: the server counts to 2^64-1. */
    private CompletableFuture<Long> undo(String key, long delta, long number, Deadline deadline) {
        if (delta < 0 || number - delta < 0) {
            throw noCounter(key, "a number above 2^63-1");
        }
        return commands.decrease(key, delta, deadline)
                // the server may no longer accept it as a number (see Entry), and its expiry is unknown: evict it
                .thenCompose(counted -> counted.reply() == Reply.NO_NUMBER
                        ? commands.delete(key, deadline)
                        : CompletableFuture.completedFuture(counted.reply()))
                .thenApply(reply -> {
                    throw tooLarge(key, number - delta, delta);
                });
    }

    /** Changes a counter that the server cannot count because it is framed. */
    private CompletableFuture<Long> countInFrame(String key, long delta, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = Item.liveEntry(item, clock.getAsLong());
            long number = plus(key, entry, delta);
            if (item == null || entry == null || !entry.framed()) {
                // it has become a plain counter
                return deadline.retry(() -> add(key, delta, deadline));
            }
            Entry next = new Entry(CounterDigits.of(number), entry.deadline(), true);
            return commands.set(key, next, next.expirySeconds(clock.getAsLong()), item.cas(), deadline)
                    .thenCompose(reply -> switch (reply) {
                        case DONE -> CompletableFuture.completedFuture(number);
                        case NOT_FOUND -> throw noSuchKey(key);
                        case CHANGED -> deadline.retry(() -> countInFrame(key, delta, deadline));
                        default -> throw new Refused("Memcached replied to an increment or decrement: " + reply);
                    });
        });
    }

    private static long plus(String key, @Nullable Entry entry, long delta) {
        if (entry == null) {
            throw noSuchKey(key);
        }
        long number = entry.number();
        if (number < 0) {
            throw noCounter(key, entry.value().length + " bytes");
        }
        if (delta > 0 && number > Long.MAX_VALUE - delta) {
            throw tooLarge(key, number, delta);
        }
        return Math.max(0, number + delta);
    }

    private static NoSuchKeyException noSuchKey(String key) {
        return new NoSuchKeyException("There is no entry '" + shown(key) + "' to count");
    }

    private static CacheValueException noCounter(String key, String actual) {
        return new CacheValueException("The entry '" + shown(key)
                + "' is no counter: a whole number from 0 to 2^63-1 is expected, but it holds " + actual);
    }

    private static CacheValueException tooLarge(String key, long number, long delta) {
        return new CacheValueException("The counter '" + shown(key) + "' is " + number + " and cannot be increased by "
                + delta + ": the maximum is 2^63-1");
    }

    private static String shown(String key) {
        return key.length() > 200 ? key.substring(0, 200) : key;
    }
}
