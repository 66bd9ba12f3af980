package dev.larder.backend.memcached;

import dev.larder.backend.memcached.MemcachedCommands.Item;
import dev.larder.backend.memcached.MemcachedCommands.Reply;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a backend by memcached's commands, whichever client sends them. Each operation is written once, as a
 * future; here the caller waits for it.
 */
public class MemcachedBackend implements CacheBackend {

    final MemcachedSettings settings;
    private volatile MemcachedCommands commands;
    private final LongSupplier clock;

    /**
     * Makes a backend.
     *
     * @param settings its settings
     * @param commands the client, closed with it
     * @param clock the time, in milliseconds since 1970
     */
    public MemcachedBackend(MemcachedSettings settings, MemcachedCommands commands, LongSupplier clock) {
        this.settings = settings;
        this.commands = commands;
        this.clock = clock;
    }

    // operations of callers that wait

    @Override
    public byte @Nullable [] get(String key) {
        return await(deadline -> startGet(key, deadline));
    }

    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        Map<String, byte[]> entries = new ConcurrentHashMap<>();
        AtomicInteger replies = new AtomicInteger();
        try {
            // sends all before it waits for the first
            await(deadline -> CompletableFuture.allOf(keys.stream()
                    .map(key -> started(() -> startGet(key, deadline)).thenAccept(value -> {
                        if (value != null) {
                            entries.put(key, value);
                        }
                        replies.incrementAndGet();
                    }))
                    .toArray(CompletableFuture[]::new)));
        } catch (RuntimeException e) {
            if (replies.get() == 0) {
                throw e;
            }
        }
        return entries;
    }

    private static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> command) {
        try {
            return command.get();
        } catch (RuntimeException e) { // its server is lost
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean set(String key, byte[] value, Ttl ttl) {
        return await(deadline -> startSet(key, value, ttl, deadline));
    }

    @Override
    public boolean setIfAbsent(String key, byte[] value, Ttl ttl) {
        return await(deadline -> startSetIfAbsent(key, value, ttl, deadline));
    }

    @Override
    public boolean delete(String key) {
        return await(deadline -> startDelete(key, deadline));
    }

    @Override
    public boolean hasKey(String key) {
        return await(deadline -> startHasKey(key, deadline));
    }

    @Override
    public boolean touch(String key, Ttl ttl) {
        return await(deadline -> startTouch(key, ttl, deadline));
    }

    @Override
    public long add(String key, long delta) {
        return await(deadline -> startAdd(key, delta, deadline));
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
            throw answer.isCompletedExceptionally() ? failed(answer) : deadline.timedOut();
        } catch (InterruptedException e) {
            deadline.expire();
            Thread.currentThread().interrupt();
            throw new TimedOut("Interrupted while waiting for memcached");
        } catch (ExecutionException e) {
            throw MemcachedFailure.unwrap(e);
        }
    }

    private static RuntimeException failed(CompletableFuture<?> answer) {
        try {
            answer.join();
            throw new IllegalStateException("It has failed");
        } catch (CompletionException e) {
            return MemcachedFailure.unwrap(e);
        }
    }

    final Deadline newDeadline() {
        return new Deadline(settings.timeout());
    }

    // operations as futures

    final CompletableFuture<byte @Nullable []> startGet(String key, Deadline deadline) {
        return commands.get(key, deadline).thenApply(item -> {
            Entry entry = Item.liveEntry(item, clock.getAsLong());
            return entry == null ? null : entry.value();
        });
    }

    final CompletableFuture<Boolean> startHasKey(String key, Deadline deadline) {
        return commands.get(key, deadline).thenApply(item -> Item.liveEntry(item, clock.getAsLong()) != null);
    }

    final CompletableFuture<Boolean> startSet(String key, byte[] value, Ttl ttl, Deadline deadline) {
        long now = clock.getAsLong();
        Entry entry = Entry.of(value, ttl, now);
        if (entry.size() > settings.maxValueBytes()) {
            return commands.delete(key, deadline).thenApply(reply -> false);
        }
        int expiry = entry.expirySeconds(now);
        CompletableFuture<Reply> stored = settings.noreply()
                ? commands.setWithoutReply(key, entry, expiry, deadline)
                : commands.set(key, entry, expiry, 0, deadline);
        // the server has removed the older value of one that is too large (process_bin_update)
        return stored.thenApply(reply -> switch (reply) {
            case DONE -> true;
            case TOO_LARGE -> false;
            default -> throw new Refused("Memcached answered a set by " + reply);
        });
    }

    final CompletableFuture<Boolean> startSetIfAbsent(String key, byte[] value, Ttl ttl, Deadline deadline) {
        long now = clock.getAsLong();
        Entry entry = Entry.of(value, ttl, now);
        if (entry.size() > settings.maxValueBytes()) {
            return CompletableFuture.completedFuture(false);
        }
        int expiry = entry.expirySeconds(now);
        return commands.add(key, entry, expiry, deadline).thenCompose(reply -> switch (reply) {
            case DONE -> CompletableFuture.completedFuture(true);
            case TOO_LARGE -> CompletableFuture.completedFuture(false);
            case CHANGED -> replaceEnded(key, value, ttl, deadline);
            default -> throw new Refused("Memcached answered an add by " + reply);
        });
    }

    /** Replaces the entry if it has expired: the server may keep it a little longer than its ttl. */
    private CompletableFuture<Boolean> replaceEnded(String key, byte[] value, Ttl ttl, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            if (item == null) {
                return deadline.retry(() -> startSetIfAbsent(key, value, ttl, deadline));
            }
            if (Item.liveEntry(item, clock.getAsLong()) != null) {
                return CompletableFuture.completedFuture(false);
            }
            long now = clock.getAsLong();
            Entry entry = Entry.of(value, ttl, now);
            return commands.set(key, entry, entry.expirySeconds(now), item.cas(), deadline)
                    .thenCompose(reply -> switch (reply) {
                        case DONE -> CompletableFuture.completedFuture(true);
                        case TOO_LARGE -> CompletableFuture.completedFuture(false);
                        case CHANGED, NOT_FOUND -> deadline.retry(() -> startSetIfAbsent(key, value, ttl, deadline));
                        default -> throw new Refused("Memcached answered a set by " + reply);
                    });
        });
    }

    final CompletableFuture<Boolean> startDelete(String key, Deadline deadline) {
        // both are sent at once: only the frame says whether the removed entry was live
        CompletableFuture<@Nullable Item> read = commands.get(key, deadline);
        CompletableFuture<Reply> deleted = commands.delete(key, deadline);
        return deleted.thenCombine(
                read,
                (reply, item) ->
                        reply == Reply.DONE && (item == null || Item.liveEntry(item, clock.getAsLong()) != null));
    }

    final CompletableFuture<Boolean> startTouch(String key, Ttl ttl, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = Item.liveEntry(item, clock.getAsLong());
            if (item == null || entry == null) {
                return CompletableFuture.completedFuture(false);
            }
            long now = clock.getAsLong();
            Entry touched = Entry.of(entry.value(), ttl, now);
            if (!entry.framed() && (entry.number() < 0 || !touched.framed())) {
                // a counter or a foreign entry: it has the server's expiry only
                return commands.touch(key, touched.expirySeconds(now), deadline)
                        .thenApply(reply -> reply == Reply.DONE);
            }
            return commands.set(key, touched, touched.expirySeconds(now), item.cas(), deadline)
                    .thenCompose(reply -> switch (reply) {
                        case DONE -> CompletableFuture.completedFuture(true);
                        case NOT_FOUND -> CompletableFuture.completedFuture(false);
                        case CHANGED -> deadline.retry(() -> startTouch(key, ttl, deadline));
                        default -> throw new Refused("Memcached answered a touch by " + reply);
                    });
        });
    }

    final CompletableFuture<Long> startAdd(String key, long delta, Deadline deadline) {
        return new Counting(commands, clock).add(key, delta, deadline);
    }
}
