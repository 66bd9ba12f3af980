package dev.larder.backend.memcached;

import dev.larder.backend.memcached.MemcachedCommands.Item;
import dev.larder.backend.memcached.MemcachedCommands.Reply;
import dev.larder.backend.memcached.MemcachedFailure.Refused;
import dev.larder.backend.memcached.MemcachedFailure.TimedOut;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.Servers;
import dev.larder.spi.Ttl;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a backend, by memcached's commands and any client. Each operation is written once, as a future, for
 * which the public methods wait.
 */
class MemcachedBackend implements CacheBackend {

    /**
     * An expired entry. It replaces an entry that is to be deleted if unchanged: the clients' delete commands cannot
     * compare.
     */
    private static final Entry EXPIRED = new Entry(new byte[0], 0, true);

    /** The smallest expiry that memcached reads as a Unix timestamp, in 1970, and not as seconds from now. */
    private static final int EXPIRED_AT = Entry.MAX_RELATIVE_SECONDS + 1;

    final MemcachedSettings settings;
    private final Ring ring;
    private volatile MemcachedCommands commands;
    private final LongSupplier clock;

    /**
     * Creates a backend.
     *
     * @param commands the client; closed with the backend
     * @param clock the time, in milliseconds since 1970
     */
    MemcachedBackend(MemcachedSettings settings, MemcachedCommands commands, LongSupplier clock) {
        this.settings = settings;
        this.ring = new Ring(settings.servers());
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
        Map<String, byte[]> values = new HashMap<>();
        run(readBatch(keys, values));
        return values;
    }

    @Override
    public Set<String> setMany(Map<String, byte[]> entries, Ttl ttl) {
        Set<String> refused = new LinkedHashSet<>(entries.keySet());
        run(setBatch(entries, ttl, refused));
        return refused;
    }

    @Override
    public int deleteMany(Collection<String> keys) {
        Set<String> deleted = new HashSet<>();
        run(deleteBatch(keys, deleted));
        return deleted.size();
    }

    @Override
    public boolean deleteIf(String key, byte[] value) {
        return await(deadline -> startDeleteIf(key, value, deadline));
    }

    private void run(Batch<?> operation) {
        operation.batches().forEach(batch -> await(deadline -> operation.start(batch, deadline)));
        operation.check();
    }

    final Batch<byte @Nullable []> readBatch(Collection<String> keys, Map<String, byte[]> values) {
        return new Batch<byte @Nullable []>(settings, ring, keys, this::startGet, (key, value) -> {
            if (value != null) {
                values.put(key, value);
            }
        });
    }

    /** Removes the stored keys from {@code refused}. Always waits for replies, so that few commands are pending. */
    final Batch<Boolean> setBatch(Map<String, byte[]> entries, Ttl ttl, Set<String> refused) {
        return new Batch<>(
                settings,
                ring,
                entries.keySet(),
                (key, deadline) -> startSet(key, Objects.requireNonNull(entries.get(key)), ttl, true, deadline),
                (key, stored) -> {
                    if (stored) {
                        refused.remove(key);
                    }
                });
    }

    final Batch<Boolean> deleteBatch(Collection<String> keys, Set<String> deleted) {
        return new Batch<>(settings, ring, keys, this::startDelete, (key, done) -> {
            if (done) {
                deleted.add(key);
            }
        });
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
        CompletableFuture<T> result = operation.apply(deadline);
        deadline.awaitReplies();
        try {
            return result.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            deadline.expire();
            if (!result.isDone()) {
                throw deadline.timedOut();
            }
            return settled(result); // its failure names the server
        } catch (InterruptedException e) {
            deadline.expire();
            Thread.currentThread().interrupt();
            throw new TimedOut("Interrupted while waiting for memcached");
        } catch (ExecutionException e) {
            throw MemcachedFailure.unwrap(e);
        }
    }

    private static <T extends @Nullable Object> T settled(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw MemcachedFailure.unwrap(e);
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
        return startSet(key, value, ttl, !settings.noreply(), deadline);
    }

    private CompletableFuture<Boolean> startSet(
            String key, byte[] value, Ttl ttl, boolean withReply, Deadline deadline) {
        long now = clock.getAsLong();
        Entry entry = Entry.of(value, ttl, now);
        if (entry.size() > settings.maxValueBytes()) {
            return commands.delete(key, deadline).thenApply(reply -> false);
        }
        int expiry = entry.expirySeconds(now);
        CompletableFuture<Reply> stored = withReply
                ? commands.set(key, entry, expiry, 0, deadline)
                : commands.setWithoutReply(key, entry, expiry, deadline);
        // if the value is too large, the server has removed the older one (process_bin_update)
        return stored.thenApply(reply -> switch (reply) {
            case DONE -> true;
            case TOO_LARGE -> false;
            default -> throw new Refused("Memcached replied to a set: " + reply);
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
            case CHANGED -> replaceExpired(key, value, ttl, deadline);
            default -> throw new Refused("Memcached replied to an add: " + reply);
        });
    }

    /** Replaces the entry if it has expired: the server may keep it a little longer than its ttl. */
    private CompletableFuture<Boolean> replaceExpired(String key, byte[] value, Ttl ttl, Deadline deadline) {
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
                        default -> throw new Refused("Memcached replied to a set: " + reply);
                    });
        });
    }

    final CompletableFuture<Boolean> startDelete(String key, Deadline deadline) {
        // sends both at once: only the frame shows whether the removed entry was live
        CompletableFuture<@Nullable Item> read = commands.get(key, deadline);
        CompletableFuture<Reply> deleted = commands.delete(key, deadline);
        return deleted.thenCombine(
                read,
                (reply, item) ->
                        reply == Reply.DONE && (item == null || Item.liveEntry(item, clock.getAsLong()) != null));
    }

    /** Replaces the entry by an expired one if it has not changed since it was read. */
    final CompletableFuture<Boolean> startDeleteIf(String key, byte[] value, Deadline deadline) {
        return commands.get(key, deadline).thenCompose(item -> {
            Entry entry = Item.liveEntry(item, clock.getAsLong());
            if (item == null || entry == null || !Arrays.equals(entry.value(), value)) {
                return CompletableFuture.completedFuture(false);
            }
            return commands.set(key, EXPIRED, EXPIRED_AT, item.cas(), deadline).thenCompose(reply -> switch (reply) {
                case DONE -> CompletableFuture.completedFuture(true);
                case NOT_FOUND -> CompletableFuture.completedFuture(false);
                case CHANGED -> deadline.retry(() -> startDeleteIf(key, value, deadline));
                default -> throw new Refused("Memcached replied to a set: " + reply);
            });
        });
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
                        default -> throw new Refused("Memcached replied to a touch: " + reply);
                    });
        });
    }

    final CompletableFuture<Long> startAdd(String key, long delta, Deadline deadline) {
        return new Counting(commands, clock).add(key, delta, deadline);
    }
}
