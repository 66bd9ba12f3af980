package dev.larder.service;

import dev.larder.CacheException;
import dev.larder.group.TagGroups;
import dev.larder.http.Reason;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import dev.larder.singleflight.SingleFlight;
import dev.larder.singleflight.SingleFlight.Alone;
import dev.larder.singleflight.SingleFlight.Follower;
import dev.larder.singleflight.SingleFlight.Role;
import dev.larder.singleflight.SingleFlight.Runner;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads values. If one is missing, calls a loader of the application and stores its value. Callers that miss a key at the same
 * time run the loader once. Never throws because of the cache. Thread-safe.
 */
final class Loads {

    private final SingleFlight<PreparedValue> flights = new SingleFlight<>();
    private final Background background;
    private final Duration lockTimeout;

    /** @param lockTimeout how long callers wait for the first */
    Loads(Background background, Duration lockTimeout) {
        this.background = background;
        this.lockTimeout = lockTimeout;
    }

    /**
     * One call.
     *
     * @param tags the tags of what it stores
     * @param ttl how long the stored value lives; null if nothing is to be stored
     */
    record Load(
            Region region,
            StoreKey key,
            Type type,
            List<String> tags,
            @Nullable Ttl ttl) {

        @Nullable
        Object hit(@Nullable Object value) {
            if (value != null) {
                region.events().hit();
                region.log().loaded(key, "hit");
            }
            return value;
        }

        @Nullable
        Object coalesced(@Nullable Object value) {
            if (value != null) {
                region.events().hit();
                region.events().coalesced();
                region.log().loaded(key, "hit of another caller's value");
            }
            return value;
        }

        /** Notes that the loader runs, and that nothing is stored. */
        void runsUncached(String reason) {
            region.events().miss();
            notStored(reason);
        }

        void notStored(String reason) {
            region.events().notStored(reason);
            region.log().loaded(key, "miss, not stored: " + reason);
        }

        void stored() {
            region.events().stored();
            region.log().loaded(key, "miss, stored");
        }
    }

    /**
     * The result of a lookup.
     *
     * @param value null for a miss
     * @param generations those of the entry to be stored, drawn before the loader runs; null if none is to be stored
     */
    private record Lookup(
            int completions,
            @Nullable Object value,
            TagGroups tags,
            @Nullable Generations generations) {}

    /** A miss whose value is to be stored. */
    private record Miss(Load load, Ttl ttl, TagGroups tags, Generations generations) {

        String flight() {
            return load.region().id() + generations.text() + load.key().text();
        }
    }

    @Nullable
    Object get(Load load, Supplier<?> loader) {
        Lookup read = lookUp(load);
        Miss miss = missOrNull(load, read);
        if (miss == null) {
            return read.value() != null ? read.value() : loader.get();
        }
        Role<PreparedValue> role = flights.join(miss.flight(), load.key().text(), read.completions(), lockTimeout);
        Object led = valueOf(role, miss);
        return led != null ? led : run(miss, role.runner(), loader);
    }

    private @Nullable Object run(Miss miss, Runner<PreparedValue> runner, Supplier<?> loader) {
        try {
            Object stored = lookUpAgain(miss, runner);
            if (stored != null) {
                return stored;
            }
            Object value = call(miss, () -> SingleFlight.within(runner, SingleFlight.current(), loader));
            keep(miss, runner, value);
            return value;
        } finally {
            runner.fail(); // without effect if it completed
        }
    }

    private static <T> T call(Miss miss, Supplier<T> loader) {
        CacheEvents events = miss.load().region().events();
        events.miss();
        long start = events.now();
        try {
            return loader.get();
        } catch (Throwable e) {
            miss.load().notStored(Reason.EXCEPTION.kebab());
            throw e;
        } finally {
            events.loaded(start);
        }
    }

    /** The asynchronous form of {@link #get}. No thread waits for another caller, or for the loader's stage. */
    CompletionStage<@Nullable Object> getAsync(Load load, Supplier<? extends CompletionStage<?>> loader) {
        SingleFlight<?>.Leader outer = SingleFlight.current();
        Supplier<CompletionStage<@Nullable Object>> uncached =
                () -> started(() -> SingleFlight.within(new Alone<>(), outer, loader));
        return onThreads(
                        load,
                        () -> lookUp(load),
                        () -> failed(flights.completions(load.key().text())))
                .thenCompose(read -> {
                    Miss miss = missOrNull(load, read);
                    if (miss == null) {
                        return read.value() != null ? CompletableFuture.completedStage(read.value()) : uncached.get();
                    }
                    return flights.joinAsync(
                                    miss.flight(),
                                    load.key().text(),
                                    read.completions(),
                                    lockTimeout,
                                    outer,
                                    background::after)
                            .thenCompose(role -> follow(miss, role, outer, loader));
                });
    }

    private CompletionStage<@Nullable Object> follow(
            Miss miss,
            Role<PreparedValue> role,
            SingleFlight<?>.@Nullable Leader outer,
            Supplier<? extends CompletionStage<?>> loader) {
        Supplier<@Nullable Object> led = () -> {
            Object value = valueOf(role, miss);
            return value != null ? value : lookUpAgain(miss, role.runner());
        };
        boolean isFirst = role instanceof Runner<PreparedValue> runner && !runner.isLookupOutdated();
        CompletionStage<@Nullable Object> shared =
                isFirst ? CompletableFuture.completedStage(null) : onThreads(miss.load(), led, () -> null);
        return shared.thenCompose(value ->
                value != null ? CompletableFuture.completedStage(value) : runAsync(miss, role.runner(), outer, loader));
    }

    private CompletionStage<@Nullable Object> runAsync(
            Miss miss,
            Runner<PreparedValue> runner,
            SingleFlight<?>.@Nullable Leader outer,
            Supplier<? extends CompletionStage<?>> loader) {
        CacheEvents events = miss.load().region().events();
        events.miss();
        long start = events.now();
        return started(() -> SingleFlight.within(runner, outer, loader))
                .whenComplete((value, failure) -> {
                    events.loaded(start);
                    if (failure != null) {
                        miss.load().notStored(Reason.EXCEPTION.kebab());
                        runner.fail();
                    }
                })
                .thenCompose(value -> onThreads(
                        miss.load(),
                        () -> {
                            keep(miss, runner, value);
                            return value;
                        },
                        () -> {
                            miss.load().notStored(Reason.BACKEND.kebab());
                            runner.fail();
                            return value;
                        }));
    }

    /** The loader's stage, without the wrappers of its failure. */
    private static CompletionStage<@Nullable Object> started(Supplier<? extends CompletionStage<?>> loader) {
        CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        try {
            var unused = loader.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /** Runs an operation that may wait for the store on one of Larder's threads; {@code rejected} if none is free. */
    private static <T extends @Nullable Object> CompletionStage<T> onThreads(
            Load load, Supplier<T> operation, Supplier<T> rejected) {
        CompletionStage<T> stage;
        try {
            stage = load.region().async().onThreads(operation);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedStage(rejected.get());
        }
        return stage.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RejectedExecutionException || cause instanceof CacheException) {
                return rejected.get();
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }

    private Lookup lookUp(Load load) {
        int completions = flights.completions(load.key().text());
        try {
            Object value = load.region().get(load.key(), load.type());
            if (value != null || load.ttl() == null) {
                return new Lookup(completions, value, TagGroups.NONE, null);
            }
            TagGroups tags = load.region().groupsOf(load.tags());
            return new Lookup(completions, null, tags, load.region().begin(tags, tags.current()));
        } catch (CacheException e) { // logged by the failure policy; nothing is written after a failed read
            return failed(completions);
        }
    }

    private static Lookup failed(int completions) {
        return new Lookup(completions, null, TagGroups.NONE, null);
    }

    /** The miss that a lookup ended with; null if it is a hit, or nothing can be stored. */
    private static @Nullable Miss missOrNull(Load load, Lookup read) {
        Ttl ttl = load.ttl();
        if (load.hit(read.value()) != null) {
            return null;
        }
        if (ttl == null || read.generations() == null) {
            load.runsUncached((ttl == null ? Reason.NO_TTL : Reason.BACKEND).kebab());
            return null;
        }
        return new Miss(load, ttl, read.tags(), read.generations());
    }

    /** The value that a follower waited for; null if the caller is to run the loader. */
    private static @Nullable Object valueOf(Role<PreparedValue> role, Miss miss) {
        Load load = miss.load();
        if (!(role instanceof Follower<PreparedValue> follower) || !isCurrent(miss)) { // invalidated meanwhile
            return null;
        }
        return load.coalesced(follower.value().read(load.type()));
    }

    private static boolean isCurrent(Miss miss) {
        Region region = miss.load().region();
        try {
            return region.mayBeCurrent(miss.generations())
                    && (miss.tags().isEmpty()
                            || region.groupsOf(miss.load().tags())
                                    .current()
                                    .equals(miss.generations().tags()));
        } catch (CacheException e) { // logged by the failure policy
            return false;
        }
    }

    private static @Nullable Object lookUpAgain(Miss miss, Runner<PreparedValue> runner) {
        if (!runner.isLookupOutdated()) {
            return null;
        }
        Load load = miss.load();
        try {
            Object value = load.hit(load.region().get(load.key(), load.type()));
            PreparedValue prepared = value == null ? null : prepare(miss, value);
            if (prepared != null) {
                runner.complete(prepared);
            } else if (value != null) {
                runner.fail();
            }
            return value;
        } catch (CacheException e) { // logged by the failure policy
            return null;
        }
    }

    /** Stores the loader's value, and gives it to the followers. */
    private static void keep(Miss miss, Runner<PreparedValue> runner, @Nullable Object value) {
        PreparedValue prepared = value == null ? null : prepare(miss, value);
        if (prepared == null) {
            miss.load().notStored(value == null ? "no-value" : "unwritable");
            runner.fail();
            return;
        }
        runner.complete(
                prepared,
                storing -> {
                    storing.run();
                    return true;
                },
                () -> store(miss, prepared));
    }

    private static @Nullable PreparedValue prepare(Miss miss, Object value) {
        Load load = miss.load();
        try {
            return load.region().prepare(load.key(), miss.generations(), value, load.type());
        } catch (RuntimeException | LinkageError e) {
            load.region().warnings().unwritable(load.key(), e);
            return null;
        }
    }

    private static void store(Miss miss, PreparedValue value) {
        if (!miss.load().region().mayBeCurrent(miss.generations())) {
            // it would not be live, and might replace a newer one
            miss.load().notStored(Reason.INVALIDATED.kebab());
            return;
        }
        try {
            if (value.store(miss.ttl())) {
                miss.load().stored();
                miss.tags().keep(miss.generations().tags(), miss.ttl());
            } else {
                miss.load().notStored(Reason.BODY_SIZE.kebab());
            }
        } catch (CacheException e) { // logged by the failure policy
            miss.load().notStored(Reason.BACKEND.kebab());
        }
    }
}
