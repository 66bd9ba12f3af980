package dev.larder.statistics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The backends and cached methods of one deployment, and their counts. Its read side is {@link #backends} and
 * {@link #methods}: snapshots, cheap enough for every scrape. Methods may be added while the application runs, since a
 * resource class that is no bean is resolved by its first request. Thread-safe.
 */
public final class Statistics {

    private record Backend(String type, Counts counts, Supplier<StoreState> store) {

        BackendStatistics now(String name) {
            return new BackendStatistics(name, type, counts.snapshot(), store.get());
        }
    }

    private record Method(String backend, @Nullable Duration ttl, Counts counts) {

        MethodStatistics now(String name) {
            return new MethodStatistics(name, backend, ttl, counts.snapshot());
        }
    }

    private final LongSupplier nanos;
    private final Map<String, Backend> backends = new ConcurrentSkipListMap<>();
    private final Map<String, Method> methods = new ConcurrentSkipListMap<>();
    private @Nullable Consumer<String> observer;

    /**
     * Empty.
     *
     * @param nanos the time in nanoseconds, by which loads are measured
     */
    public Statistics(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** New counts, for {@link #addBackend}. */
    public Counts newCounts() {
        return new Counts(nanos);
    }

    /**
     * Adds a backend.
     *
     * @param store returns the current state of the store; must not throw
     */
    public void addBackend(String name, String type, Counts counts, Supplier<StoreState> store) {
        backends.put(name, new Backend(type, counts, store));
    }

    /**
     * The counts of one backend, those of its cached methods among them.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Counts counts(String backend) {
        return present(backend).counts();
    }

    /**
     * Adds a cached method, if it is not there yet.
     *
     * @param name class and method as in configuration keys: {@code com.acme.Books/list}; methods of one name on several
     *     backends are distinguished by the backend, after a space
     * @param ttl null if the response determines it
     * @return its counts; the same for each method of that name
     */
    public synchronized Counts addMethod(String name, String backend, @Nullable Duration ttl) {
        Method present = methods.get(name);
        if (present != null) {
            return present.backend().equals(backend) ? present.counts() : addMethod(name + ' ' + backend, backend, ttl);
        }
        Method added = new Method(backend, ttl, newCounts());
        methods.put(name, added);
        if (observer != null) {
            observer.accept(name);
        }
        return added.counts();
    }

    /** Gives the name of each method to an observer: of those that are there now, and of each that is added. */
    public synchronized void observeMethods(Consumer<String> addition) {
        methods.keySet().forEach(addition);
        observer = addition;
    }

    /** All backends, in alphabetical order of their names. */
    public List<BackendStatistics> backends() {
        return backends.entrySet().stream()
                .map(each -> each.getValue().now(each.getKey()))
                .toList();
    }

    /** All cached methods, in alphabetical order of their names. */
    public List<MethodStatistics> methods() {
        return methods.entrySet().stream()
                .map(each -> each.getValue().now(each.getKey()))
                .toList();
    }

    /**
     * One backend.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public BackendStatistics backend(String name) {
        return present(name).now(name);
    }

    private Backend present(String name) {
        Backend backend = backends.get(name);
        if (backend == null) {
            throw new IllegalArgumentException("There is no backend '" + name + "'");
        }
        return backend;
    }

    /**
     * One cached method.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public MethodStatistics method(String name) {
        Method method = methods.get(name);
        if (method == null) {
            throw new IllegalArgumentException("There is no cached method '" + name + "'");
        }
        return method.now(name);
    }
}
