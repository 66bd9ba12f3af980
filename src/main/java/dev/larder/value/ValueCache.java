package dev.larder.value;

import dev.larder.CacheException;
import dev.larder.CacheKeyContext;
import dev.larder.CacheValueException;
import dev.larder.codec.ValueCodec;
import dev.larder.group.TagGroups;
import dev.larder.http.Reason;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.policy.CachePolicy;
import dev.larder.service.LiveValue;
import dev.larder.service.PreparedValue;
import dev.larder.service.Region;
import dev.larder.singleflight.SingleFlight;
import dev.larder.singleflight.SingleFlight.Follower;
import dev.larder.singleflight.SingleFlight.Role;
import dev.larder.singleflight.SingleFlight.Runner;
import dev.larder.spi.Ttl;
import dev.larder.transaction.CurrentTransaction;
import dev.larder.value.LatestCalls.Call;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves calls of cached methods the value that an earlier call with the same arguments returned. Thread-safe. Never throws
 * because of the cache: if something fails here, the call runs uncached.
 */
public final class ValueCache {

    private static final System.Logger LOG = System.getLogger("dev.larder.value");

    private final ValueCodec codec;
    private final Supplier<String> application;
    private final BiFunction<CachePolicy, Object[], CacheKeyContext> contexts;
    private final CurrentTransaction transaction;
    private final SingleFlight<PreparedValue> flights = new SingleFlight<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /**
     * Creates the cache of an application.
     *
     * @param jsonb writes arguments that are objects
     * @param application the name of the application, part of every default key
     * @param contexts creates the context of a key generator for a call with these arguments
     * @param transaction a value is stored after its commit
     */
    public ValueCache(
            Supplier<Jsonb> jsonb,
            Supplier<String> application,
            BiFunction<CachePolicy, Object[], CacheKeyContext> contexts,
            CurrentTransaction transaction) {
        this.codec = new ValueCodec(jsonb);
        this.application = application;
        this.contexts = contexts;
        this.transaction = transaction;
    }

    /**
     * Serves a call.
     *
     * @param origin runs the method
     * @throws Exception what the method throws
     */
    public @Nullable Object serve(CachedValue cached, Object[] arguments, Callable<@Nullable Object> origin)
            throws Exception {
        Ttl ttl = cached.ttl();
        Call call = ttl == null ? null : call(cached, arguments);
        if (ttl == null || call == null) {
            CallOutcome.bypass(cached, null, ttl == null ? Reason.NO_TTL : Reason.NO_KEY);
            return origin.call();
        }
        StoreKey key = call.key();
        TagGroups tags = call.tags();
        if (tags == null) {
            CallOutcome.bypass(cached, key, Reason.TAGS);
            return origin.call();
        }
        int completions = flights.completions(key.text());
        Object stored;
        Generations generations = null;
        try {
            LiveValue<Object> read = cached.read(key, tags);
            stored = read.value();
            if (stored == null) {
                generations = cached.region().begin(tags, read.tags());
            }
        } catch (CacheException e) {
            cached.events().miss();
            CallOutcome.notStored(cached, key, Reason.BACKEND.kebab());
            return origin.call(); // logged by the failure policy; nothing is written after a failed read
        }
        if (stored != null) {
            CallOutcome.hit(cached, key);
            return cached.shape().wrap(stored);
        }
        if (generations == null) {
            cached.events().miss();
            CallOutcome.notStored(cached, key, Reason.BACKEND.kebab());
            return origin.call();
        }
        return join(new Miss(cached, key, ttl, tags, generations), completions, origin);
    }

    /** The key and the tags of a call; null if it has no key. */
    private @Nullable Call call(CachedValue cached, Object[] arguments) {
        if (cached.generatedKey() != null) {
            String key = cached.generatedKey().of(contexts.apply(cached.policy(), arguments));
            return key == null ? null : new Call(cached.region().key(key), cached.tags(arguments));
        }
        Call latest = cached.latest().find(arguments);
        if (latest != null) {
            return latest;
        }
        StoreKey key = writeKey(cached, arguments);
        if (key == null) {
            return null;
        }
        Call call = new Call(key, cached.tags(arguments));
        if (call.tags() != null) {
            cached.latest().keep(arguments, call);
        }
        return call;
    }

    private @Nullable StoreKey writeKey(CachedValue cached, Object[] arguments) {
        try {
            StringBuilder text = new StringBuilder(cached.keyRoot().length() + 16 * arguments.length + 32)
                    .append(cached.keyRoot())
                    .append(' ')
                    .append(application.get())
                    .append(' ');
            ArgumentText.append(text, arguments, cached.parameters(), codec);
            return cached.region().key(text.toString());
        } catch (ArgumentText.UnwritableException | RuntimeException | LinkageError e) {
            report(
                    cached,
                    "An argument of " + cached.policy().signature()
                            + " cannot be written as a key: such calls run uncached (reported once)",
                    e);
            return null;
        }
    }

    private void report(CachedValue cached, String message, Throwable cause) {
        if (reported.add(cached.policy().signature())) {
            LOG.log(System.Logger.Level.WARNING, message, cause);
        }
    }

    /** A call whose value is not stored. */
    private record Miss(CachedValue cached, StoreKey key, Ttl ttl, TagGroups tags, Generations generations) {

        Object wrap(Object value) {
            return cached.shape().wrap(value);
        }

        /** The method runs, and its value is not stored. */
        void notStored(String reason) {
            CallOutcome.notStored(cached, key, reason);
        }
    }

    private @Nullable Object join(Miss miss, int completions, Callable<@Nullable Object> origin) throws Exception {
        CachedValue cached = miss.cached();
        Role<PreparedValue> role = flights.join(
                cached.region().id() + miss.generations().text() + miss.key().text(),
                miss.key().text(),
                completions,
                cached.policy().lockTimeout());
        if (role instanceof Follower<PreparedValue> follower
                && cached.region().mayBeCurrent(miss.generations())) { // not if invalidated while this call waited
            Object value = follower.value().read(cached.shape().valueType());
            if (value != null) {
                CallOutcome.coalesced(cached, miss.key());
                return miss.wrap(value);
            }
        }
        return run(miss, role.runner(), origin);
    }

    private @Nullable Object run(Miss miss, Runner<PreparedValue> runner, Callable<@Nullable Object> origin)
            throws Exception {
        boolean handedOver = false;
        boolean awaitsCommit = false;
        try {
            Object stored;
            try {
                stored = runner.isLookupOutdated() ? lookUpAgain(miss, runner) : null;
            } catch (CacheException e) {
                miss.cached().events().miss();
                miss.notStored(Reason.BACKEND.kebab());
                return origin.call(); // logged by the failure policy; nothing is written after a failed read
            }
            if (stored != null) {
                CallOutcome.hit(miss.cached(), miss.key());
                return miss.wrap(stored);
            }
            miss.cached().events().miss();
            long start = miss.cached().events().now();
            Object result;
            try {
                result = origin.call();
            } catch (Throwable e) {
                miss.cached().events().loaded(start);
                miss.notStored(Reason.EXCEPTION.kebab());
                throw e;
            }
            CompletableFuture<Boolean> commit = commit(runner);
            awaitsCommit = !commit.isDone();
            if (result instanceof CompletionStage<?> stage
                    && miss.cached().shape().stage()) {
                Object observed = stage.whenComplete((value, failure) -> {
                    miss.cached().events().loaded(start);
                    if (failure == null) {
                        keep(miss, runner, commit, value);
                    } else {
                        miss.notStored(Reason.EXCEPTION.kebab());
                        runner.fail();
                    }
                });
                handedOver = true;
                return observed;
            }
            miss.cached().events().loaded(start);
            keep(miss, runner, commit, result);
            return result;
        } finally {
            if (handedOver && !awaitsCommit) {
                runner.detach();
            } else if (!awaitsCommit) { // in a transaction, this thread does not return before the commit
                runner.fail(); // without effect if it completed
            }
        }
    }

    private static @Nullable Object lookUpAgain(Miss miss, Runner<PreparedValue> runner) {
        Region region = miss.cached().region();
        Type type = miss.cached().shape().valueType();
        Object value = miss.cached().read(miss.key(), miss.tags()).value();
        if (value != null) {
            runner.complete(region.prepare(miss.key(), miss.generations(), value, type));
        }
        return value;
    }

    /**
     * Completes when the current transaction ends: whether it was committed. True at once if there is no transaction. After
     * a rollback the followers call the method at once, even if the leader's stage is still incomplete.
     */
    private CompletableFuture<Boolean> commit(Runner<PreparedValue> runner) {
        CompletableFuture<Boolean> commit = new CompletableFuture<>();
        boolean follows = transaction.onEnd(committed -> {
            if (!committed) {
                runner.fail();
            }
            commit.complete(committed);
        });
        return follows ? commit : CompletableFuture.completedFuture(true);
    }

    /** Stores what a call returned, if it is a value, after the commit of its transaction. */
    private void keep(
            Miss miss, Runner<PreparedValue> runner, CompletableFuture<Boolean> commit, @Nullable Object result) {
        Object value = miss.cached().shape().unwrap(result);
        // prepared now: the caller may change the value before the commit, and the commit may detach an entity
        PreparedValue prepared = value == null ? null : prepare(miss, value);
        if (prepared == null) {
            miss.notStored(value == null ? "no-value" : "unwritable");
            runner.fail();
            return;
        }
        var unused = commit.thenAccept(committed -> {
            if (committed) {
                runner.complete(prepared, storing -> later(miss, storing), () -> store(prepared, miss));
            } else {
                miss.notStored(Reason.ROLLED_BACK.kebab());
            }
        });
    }

    private static boolean later(Miss miss, Runnable storing) {
        boolean runs = miss.cached().region().later(storing);
        if (!runs) {
            miss.notStored(Reason.BACKEND.kebab()); // too many writes wait already
        }
        return runs;
    }

    private static void store(PreparedValue value, Miss miss) {
        if (!miss.cached().region().mayBeCurrent(miss.generations())) {
            // it would not be live, and might replace a newer one
            miss.notStored(Reason.INVALIDATED.kebab());
            return;
        }
        try {
            if (value.store(miss.ttl())) {
                CallOutcome.stored(miss.cached(), miss.key());
                miss.tags().keep(miss.generations().tags(), miss.ttl());
            } else {
                miss.notStored(Reason.BODY_SIZE.kebab());
            }
        } catch (CacheException e) {
            miss.notStored(Reason.BACKEND.kebab());
            LOG.log(System.Logger.Level.DEBUG, "Not stored", e); // reported by the failure policy
        }
    }

    private @Nullable PreparedValue prepare(Miss miss, Object value) {
        CachedValue cached = miss.cached();
        try {
            Class<?> once =
                    DeclaredValue.readOnce(value.getClass(), cached.policy().beanClass());
            if (once != null) {
                throw new CacheValueException("A " + once.getName() + " can be read only once");
            }
            return cached.region()
                    .prepare(
                            miss.key(),
                            miss.generations(),
                            value,
                            cached.shape().valueType());
        } catch (RuntimeException | LinkageError e) {
            report(cached, "The value of " + cached.policy().signature() + " cannot be stored (reported once)", e);
            return null;
        }
    }
}
