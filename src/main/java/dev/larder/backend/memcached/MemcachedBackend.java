package dev.larder.backend.memcached;

import dev.larder.CacheValueException;
import dev.larder.NoSuchKeyException;
import dev.larder.backend.memcached.MemcachedCommands.Counted;
import dev.larder.backend.memcached.MemcachedCommands.Item;
import dev.larder.backend.memcached.MemcachedCommands.Reply;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contract over memcached's commands, whichever client sends them. Each operation is written once, as what follows on
 * which reply; here the caller waits for it.
 */
public class MemcachedBackend implements CacheBackend {

    /** A number this far below 2^64 cannot be wrapped round by increments that know nothing of each other. */
    private static final long CHECKED_FROM = 1L << 32;

    final MemcachedSettings settings;
    private volatile MemcachedCommands commands;
    private final LongSupplier clock;
    private final Duration timeout;

    /**
     * Makes a backend.
     *
     * @param settings its settings
     * @param commands the client, closed with it
     * @param clock the time, in milliseconds since 1970
     */
    public MemcachedBackend(MemcachedSettings settings, MemcachedCommands commands, LongSupplier clock) {
        this(settings, commands, clock, settings.timeout());
    }

    private MemcachedBackend(
            MemcachedSettings settings, MemcachedCommands commands, LongSupplier clock, Duration timeout) {
        this.settings = settings;
        this.commands = commands;
        this.clock = clock;
        this.timeout = timeout;
    }

    // the operations, for callers that wait

    @Override
    public byte @Nullable [] get(String key) {
        return await(deadline -> getting(key, deadline));
    }

    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        return await(deadline -> {
            Map<String, byte[]> found = new ConcurrentHashMap<>();
            // all are sent before the first is awaited
            return CompletableFuture.allOf(keys.stream()
                            .map(key -> getting(key, deadline).thenAccept(value -> {
                                if (value != null) {
                                    found.put(key, value);
                                }
                            }))
                            .toArray(CompletableFuture[]::new))
                    .thenApply(all -> found);
        });
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        return await(deadline -> setting(key, value, ttl, deadline));
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        return await(deadline -> settingIfAbsent(key, value, ttl, deadline));
    }

    @Override
    public boolean delete(String key) {
        return await(deadline -> deleting(key, deadline));
    }

    @Override
    public boolean hasKey(String key) {
        return await(deadline -> finding(key, deadline));
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return await(deadline -> touching(key, ttl, deadline));
    }

    @Override
    public long add(String key, long delta) {
        return await(deadline -> adding(key, delta, deadline));
    }

    @Override
    public boolean guard(Servers servers) {
        if (settings.servers().size() < 2) {
            return false;
        }
        commands = new GuardedCommands(commands, settings, servers);
        return true;
    }

    @Override
    public CacheBackend after(Duration waited) {
        return new MemcachedBackend(settings, commands, clock, timeout.minus(waited));
    }

    @Override
    public int maxKeyBytes() {
        return 250;
    }

    @Override
    public boolean asciiKeys() {
        return true;
    }

    @Override
    public void close() {
        commands.close();
    }

    private <T extends @Nullable Object> T await(Function<Deadline, CompletableFuture<T>> operation) {
        Deadline deadline = newDeadline();
        CompletableFuture<T> answer = operation.apply(deadline);
        try {
            return answer.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            deadline.expire();
            // the failure of the command names the server
            throw answer.isCompletedExceptionally() ? failed(answer) : new TimedOut(tooLate());
        } catch (InterruptedException e) {
            deadline.expire();
            Thread.currentThread().interrupt();
            throw new TimedOut("Interrupted while waiting for memcached");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failed(CompletableFuture<?> answer) {
        try {
            answer.join();
            throw new IllegalStateException("It has failed");
        } catch (CompletionException e) {
            return failure(e);
        }
    }

    final Deadline newDeadline() {
        return new Deadline(timeout.toNanos());
    }

    /** The failure itself: futures that depend on others wrap it. */
    static RuntimeException failure(Throwable wrapped) {
        Throwable failure = wrapped;
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure instanceof RuntimeException known ? known : new CompletionException(failure);
    }

    // the operations

    final CompletableFuture<byte @Nullable []> getting(String key, Deadline deadline) {
        return commands.get(key, deadline).thenApply(item -> {
            Entry entry = live(item);
            return entry == null ? null : entry.value();
        });
    }

    final CompletableFuture<Boolean> finding(String key, Deadline deadline) {
        return commands.get(key, deadline).thenApply(item -> live(item) != null);
    }

    final CompletableFuture<Boolean> setting(String key, byte[] value, Ttl ttl, Deadline deadline) {
        long now = clock.getAsLong();
        Entry entry = Entry.of(value, ttl, now);
        if (entry.size() > settings.maxValueBytes()) {
            return commands.delete(key, deadline).thenApply(reply -> false);
        }
        int expiry = entry.expirySeconds(now);
        CompletableFuture<Reply> stored = settings.noreply()
                ? commands.setWithoutReply(key, entry, expiry, deadline)
                : commands.set(key, entry, expiry, 0, deadline);
        // what is too large has replaced the older value by nothing (process_bin_update unlinks it)
        return stored.thenApply(reply -> switch (reply) {
            case DONE -> true;
            case TOO_LARGE -> false;
            default -> throw new Refused("Memcached answered a set by " + reply);
        });
    }

    final CompletableFuture<Boolean> settingIfAbsent(String key, byte[] value, Ttl ttl, Deadline deadline) {
        long now = clock.getAsLong();
        Entry entry = Entry.of(value, ttl, now);
        if (entry.size() > settings.maxValueBytes()) {
            return CompletableFuture.completedFuture(false);
        }
        int expiry = entry.expirySeconds(now);
        return commands.add(key, entry, expiry, deadline).thenCompose(reply -> switch (reply) {
            case DONE -> CompletableFuture.completedFuture(true);
            case TOO_LARGE -> CompletableFuture.completedFuture(false);
            case CHANGED -> replacingDead(key, value, ttl, deadline);
            default -> throw new Refused("Memcached answered an add by " + reply);
        });
    }

    /** Replaces the entry if it has expired: the server may keep it a little longer than its ttl. */
    private CompletableFuture<Boolean> replacingDead(String key, byte[] value, Ttl ttl, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            if (item == null) {
                return again(deadline, () -> settingIfAbsent(key, value, ttl, deadline));
            }
            if (live(item) != null) {
                return CompletableFuture.completedFuture(false);
            }
            long now = clock.getAsLong();
            Entry entry = Entry.of(value, ttl, now);
            return commands.set(key, entry, entry.expirySeconds(now), item.cas(), deadline)
                    .thenCompose(reply -> switch (reply) {
                        case DONE -> CompletableFuture.completedFuture(true);
                        case TOO_LARGE -> CompletableFuture.completedFuture(false);
                        case CHANGED, NOT_FOUND -> again(deadline, () -> settingIfAbsent(key, value, ttl, deadline));
                        default -> throw new Refused("Memcached answered a set by " + reply);
                    });
        });
    }

    final CompletableFuture<Boolean> deleting(String key, Deadline deadline) {
        // sent one behind the other: whether what is removed is still alive, only its frame says
        CompletableFuture<@Nullable Item> read = commands.get(key, deadline);
        CompletableFuture<Reply> deleted = commands.delete(key, deadline);
        return deleted.thenCombine(read, (reply, item) -> reply == Reply.DONE && (item == null || live(item) != null));
    }

    final CompletableFuture<Boolean> touching(String key, Ttl ttl, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = live(item);
            if (item == null || entry == null) {
                return CompletableFuture.completedFuture(false);
            }
            long now = clock.getAsLong();
            Entry touched = Entry.of(entry.value(), ttl, now);
            if (!entry.framed() && (entry.number() < 0 || !touched.framed())) {
                // a counter, or nothing of ours: the server's expiry is all there is
                return commands.touch(key, touched.expirySeconds(now), deadline)
                        .thenApply(reply -> reply == Reply.DONE);
            }
            return commands.set(key, touched, touched.expirySeconds(now), item.cas(), deadline)
                    .thenCompose(reply -> switch (reply) {
                        case DONE -> CompletableFuture.completedFuture(true);
                        case NOT_FOUND -> CompletableFuture.completedFuture(false);
                        case CHANGED -> again(deadline, () -> touching(key, ttl, deadline));
                        default -> throw new Refused("Memcached answered a touch by " + reply);
                    });
        });
    }

    final CompletableFuture<Long> adding(String key, long delta, Deadline deadline) {
        if (delta < 0) {
            // no number is above 2^63-1, so taking away 2^63 ends where 2^63-1 does
            long amount = delta == Long.MIN_VALUE ? Long.MAX_VALUE : -delta;
            return commands.decrease(key, amount, deadline)
                    .thenCompose(counted -> counted(key, delta, counted, deadline));
        }
        if (delta < CHECKED_FROM) {
            return increasing(key, delta, deadline);
        }
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = live(item);
            plus(key, entry, delta);
            return increasing(key, delta, deadline);
        });
    }

    private CompletableFuture<Long> increasing(String key, long delta, Deadline deadline) {
        return commands.increase(key, delta, deadline).thenCompose(counted -> counted(key, delta, counted, deadline));
    }

    private CompletableFuture<Long> counted(String key, long delta, Counted counted, Deadline deadline) {
        return switch (counted.reply()) {
            case DONE ->
                counted.number() >= 0
                        ? CompletableFuture.completedFuture(counted.number())
                        : undoing(key, delta, counted.number(), deadline);
            case NOT_FOUND -> throw noSuchKey(key);
            case NO_NUMBER -> countingInFrame(key, delta, deadline);
            default -> throw new Refused("Memcached answered counting by " + counted.reply());
        };
    }

    /** The server counts to 2^64-1, we to 2^63-1. */
    private CompletableFuture<Long> undoing(String key, long delta, long number, Deadline deadline) {
        if (delta < 0 || number - delta < 0) {
            throw noCounter(key, "a number above 2^63-1");
        }
        return commands.decrease(key, delta, deadline)
                // the server may no longer take it for a number (see Entry), and its expiry is unknown: as if evicted
                .thenCompose(counted -> counted.reply() == Reply.NO_NUMBER
                        ? commands.delete(key, deadline)
                        : CompletableFuture.completedFuture(counted.reply()))
                .thenApply(reply -> {
                    throw tooLarge(key, number - delta, delta);
                });
    }

    /** A counter that the server cannot count, as it keeps its own time. */
    private CompletableFuture<Long> countingInFrame(String key, long delta, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = live(item);
            long number = plus(key, entry, delta);
            if (item == null || entry == null || !entry.framed()) {
                // it became a plain counter meanwhile
                return again(deadline, () -> adding(key, delta, deadline));
            }
            Entry next = new Entry(Digits.bytes(number), entry.deadline(), true);
            return commands.set(key, next, next.expirySeconds(clock.getAsLong()), item.cas(), deadline)
                    .thenCompose(reply -> switch (reply) {
                        case DONE -> CompletableFuture.completedFuture(number);
                        case NOT_FOUND -> throw noSuchKey(key);
                        case CHANGED -> again(deadline, () -> countingInFrame(key, delta, deadline));
                        default -> throw new Refused("Memcached answered counting by " + reply);
                    });
        });
    }

    private <T> CompletableFuture<T> again(Deadline deadline, Supplier<CompletableFuture<T>> step) {
        return deadline.remainingNanos() > 0 ? step.get() : CompletableFuture.failedFuture(new TimedOut(tooLate()));
    }

    private @Nullable Entry live(@Nullable Item item) {
        if (item == null) {
            return null;
        }
        Entry entry = item.entry();
        return entry.isLive(clock.getAsLong()) ? entry : null;
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

    final String tooLate() {
        return "Memcached did not answer within " + settings.timeout().toMillis() + " ms";
    }

    private static NoSuchKeyException noSuchKey(String key) {
        return new NoSuchKeyException("There is no entry '" + shown(key) + "' to count");
    }

    private static CacheValueException noCounter(String key, String found) {
        return new CacheValueException("The entry '" + shown(key)
                + "' is no counter: a whole number from 0 to 2^63-1 is expected, but it holds " + found);
    }

    private static CacheValueException tooLarge(String key, long number, long delta) {
        return new CacheValueException("The counter '" + shown(key) + "' is " + number + " and cannot be increased by "
                + delta + ": at most 2^63-1 is counted");
    }

    private static String shown(String key) {
        return key.length() > 200 ? key.substring(0, 200) : key;
    }
}
