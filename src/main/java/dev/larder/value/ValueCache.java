package dev.larder.value;

import dev.larder.CacheException;
import dev.larder.CacheKeyContext;
import dev.larder.CacheValueException;
import dev.larder.codec.ValueCodec;
import dev.larder.key.StoreKey;
import dev.larder.policy.CachePolicy;
import dev.larder.service.PreparedValue;
import dev.larder.service.Region;
import dev.larder.singleflight.SingleFlight;
import dev.larder.spi.Ttl;
import dev.larder.transaction.CurrentTransaction;
import jakarta.json.bind.Jsonb;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of cached methods with the value that an earlier call with the same arguments returned. Thread-safe. Never
 * throws for the cache's sake: what goes wrong here makes a call run uncached.
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
     * Makes the cache of an application.
     *
     * @param jsonb writes arguments that are objects
     * @param application the name of the application, part of every default key
     * @param contexts makes the context of a key generator for a call with these arguments
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
     * Answers a call.
     *
     * @param origin runs the method
     * @throws Exception what the method throws
     */
    public @Nullable Object serve(CachedValue cached, Object[] arguments, Callable<@Nullable Object> origin)
            throws Exception {
        Ttl ttl = cached.ttl();
        StoreKey key = ttl == null ? null : key(cached, arguments);
        if (ttl == null || key == null) {
            return origin.call();
        }
        int endedBefore = flights.ended(key.text());
        Object found;
        try {
            found = cached.region().get(key, cached.shape().valueType());
        } catch (CacheException e) {
            return origin.call(); // logged by the failure policy; nothing is written after a failed read
        }
        return found != null ? cached.shape().wrap(found) : missed(cached, key, ttl, endedBefore, origin);
    }

    private @Nullable StoreKey key(CachedValue cached, Object[] arguments) {
        if (cached.generatedKey() != null) {
            String key = cached.generatedKey().of(contexts.apply(cached.policy(), arguments));
            return key == null ? null : cached.region().key(key);
        }
        StoreKey latest = cached.keys().find(arguments);
        return latest == null ? written(cached, arguments) : latest;
    }

    private @Nullable StoreKey written(CachedValue cached, Object[] arguments) {
        try {
            StringBuilder text = new StringBuilder(cached.keyRoot().length() + 16 * arguments.length + 32)
                    .append(cached.keyRoot())
                    .append(' ')
                    .append(application.get())
                    .append(' ');
            ArgumentText.append(text, arguments, cached.parameters(), codec);
            StoreKey key = cached.region().key(text.toString());
            cached.keys().keep(arguments, key);
            return key;
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

    private @Nullable Object missed(
            CachedValue cached, StoreKey key, Ttl ttl, int endedBefore, Callable<@Nullable Object> origin)
            throws Exception {
        Region region = cached.region();
        SingleFlight.Boarding<PreparedValue> boarding = flights.board(
                region.id() + key.text(),
                key.text(),
                endedBefore,
                cached.policy().lockTimeout());
        if (boarding instanceof SingleFlight.Arrived<PreparedValue> arrived) {
            Object value = arrived.value().read(cached.shape().valueType());
            if (value != null) {
                return cached.shape().wrap(value);
            }
        }
        SingleFlight<PreparedValue>.Flight flight =
                boarding instanceof SingleFlight.Leads<PreparedValue> leads ? leads.flight() : null;
        boolean handedOver = false;
        boolean awaitsCommit = false;
        try {
            if (boarding instanceof SingleFlight.Leads<PreparedValue> leads && leads.overtaken()) {
                Object value;
                try {
                    value = landedMeanwhile(cached, key, leads.flight());
                } catch (CacheException e) {
                    return origin.call(); // as after a failed first look
                }
                if (value != null) {
                    return cached.shape().wrap(value);
                }
            }
            Object answer = origin.call();
            CompletableFuture<Boolean> commit = commit(flight);
            awaitsCommit = !commit.isDone();
            if (answer instanceof CompletionStage<?> stage && cached.shape().stage()) {
                Object observed = stage.whenComplete(
                        (value, failure) -> keep(cached, key, ttl, flight, commit, failure == null ? value : null));
                handedOver = true;
                return observed;
            }
            keep(cached, key, ttl, flight, commit, answer);
            return answer;
        } finally {
            if (flight != null && !awaitsCommit) { // in a transaction this thread is busy with it until the commit
                if (handedOver) {
                    flight.detach();
                } else {
                    flight.fail(); // changes nothing if it has landed
                }
            }
        }
    }

    /** Looks again, since between the look-up and the boarding another flight may have landed. */
    private static @Nullable Object landedMeanwhile(
            CachedValue cached, StoreKey key, SingleFlight<PreparedValue>.Flight flight) {
        Object value = cached.region().get(key, cached.shape().valueType());
        if (value != null) {
            flight.land(cached.region().prepare(key, value, cached.shape().valueType()));
            flight.over();
        }
        return value;
    }

    /**
     * Completes when the current transaction ends: whether it was committed. True at once if there is no transaction. After
     * a rollback no caller waits for the leader, even if its stage is still incomplete.
     */
    private CompletableFuture<Boolean> commit(SingleFlight<PreparedValue>.@Nullable Flight flight) {
        CompletableFuture<Boolean> commit = new CompletableFuture<>();
        boolean follows = transaction.onEnd(committed -> {
            if (!committed) {
                fail(flight);
            }
            commit.complete(committed);
        });
        return follows ? commit : CompletableFuture.completedFuture(true);
    }

    /** Keeps the value of a call, if there is one, after the commit of its transaction, and ends its flight. */
    private void keep(
            CachedValue cached,
            StoreKey key,
            Ttl ttl,
            SingleFlight<PreparedValue>.@Nullable Flight flight,
            CompletableFuture<Boolean> commit,
            @Nullable Object answer) {
        Object value = cached.shape().unwrap(answer);
        // prepared now: the caller may change the value before the commit, and the commit may detach an entity
        PreparedValue prepared = value == null ? null : prepared(cached, key, value);
        if (prepared == null) {
            fail(flight);
            return;
        }
        var unused = commit.thenAccept(committed -> {
            if (committed) {
                store(cached, ttl, flight, prepared);
            }
        });
    }

    private static void fail(SingleFlight<PreparedValue>.@Nullable Flight flight) {
        if (flight != null) {
            flight.fail();
        }
    }

    private static void store(
            CachedValue cached, Ttl ttl, SingleFlight<PreparedValue>.@Nullable Flight flight, PreparedValue prepared) {
        if (flight != null) {
            flight.land(prepared);
        }
        boolean taken = cached.region().later(() -> {
            try {
                prepared.store(ttl);
            } catch (CacheException e) {
                LOG.log(System.Logger.Level.DEBUG, "Not stored", e); // reported by the failure policy
            } finally {
                over(flight);
            }
        });
        if (!taken) {
            over(flight);
        }
    }

    private static void over(SingleFlight<PreparedValue>.@Nullable Flight flight) {
        if (flight != null) {
            flight.over();
        }
    }

    private @Nullable PreparedValue prepared(CachedValue cached, StoreKey key, Object value) {
        try {
            Class<?> once =
                    DeclaredValue.readOnce(value.getClass(), cached.policy().beanClass());
            if (once != null) {
                throw new CacheValueException("A " + once.getName() + " can be read only once");
            }
            return cached.region().prepare(key, value, cached.shape().valueType());
        } catch (RuntimeException | LinkageError e) {
            report(cached, "The value of " + cached.policy().signature() + " cannot be stored (reported once)", e);
            return null;
        }
    }
}
