package dev.larder.console;

import dev.larder.ICacheService;
import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.CountsSnapshot;
import dev.larder.statistics.MethodStatistics;
import dev.larder.statistics.Statistics;
import dev.larder.statistics.StoreState;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.function.Supplier;

/** What the console shows and changes: one deployment. Thread-safe. */
public final class Console {

    private final String version;
    private final Supplier<String> application;
    private final ICacheService service;
    private final Statistics statistics;
    private final long startedNanos = System.nanoTime();

    /**
     * Creates the console of a deployment.
     *
     * @param version Larder's
     * @param application the name of the application
     */
    public Console(String version, Supplier<String> application, ICacheService service, Statistics statistics) {
        this.version = version;
        this.application = application;
        this.service = service;
        this.statistics = statistics;
    }

    /**
     * The numbers of this moment.
     *
     * @param token what the caller has to send with a change
     */
    String toJson(String token) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(text)) {
            json.writeStartObject()
                    .write("version", version)
                    .write("application", application.get())
                    .write("started", startedNanos)
                    .write("time", millis((double) (System.nanoTime() - startedNanos)))
                    .write("token", token)
                    .writeStartArray("backends");
            statistics.backends().forEach(backend -> write(backend, json));
            json.writeEnd().writeStartArray("methods");
            statistics.methods().forEach(method -> write(method, json));
            json.writeEnd().writeEnd();
        }
        return text.toString();
    }

    private static void write(BackendStatistics backend, JsonGenerator json) {
        CountsSnapshot counts = backend.counts();
        StoreState store = backend.store();
        json.writeStartObject()
                .write("name", backend.name())
                .write("type", backend.type())
                .write("breaker", store.breaker())
                .write("entries", store.entries())
                .write("bytes", store.bytes())
                .write("evictions", store.evictions())
                .write("hits", counts.hits())
                .write("stale", counts.stale())
                .write("misses", counts.misses())
                .write("puts", counts.puts())
                .write("invalidations", counts.invalidations())
                .write("failures", counts.failures())
                .writeEnd();
    }

    private static void write(MethodStatistics method, JsonGenerator json) {
        CountsSnapshot counts = method.counts();
        json.writeStartObject()
                .write("name", method.name())
                .write("backend", method.backend())
                .write("hit", counts.hits())
                .write("stale", counts.stale())
                .write("miss", counts.misses())
                .write("bypass", counts.bypasses())
                .write("coalesced", counts.coalesced())
                .write("loads", counts.loads().count())
                .write("loadMillis", millis((double) counts.loads().nanos()))
                .write("savedMillis", millis(counts.savedNanos()))
                .writeStartObject("notStored");
        counts.notStored().forEach(json::write);
        json.writeEnd().writeEnd();
    }

    private static double millis(double nanos) {
        return nanos / 1e6;
    }

    /**
     * Ends all entries with a tag, on all backends.
     *
     * @return false if a backend failed
     * @throws dev.larder.CacheException if the tag is no Unicode text
     */
    boolean invalidate(String tag) {
        return service.invalidate(tag);
    }

    /**
     * Ends all entries of a backend.
     *
     * @return false if it failed
     * @throws dev.larder.UnknownBackendException if there is no such backend
     */
    boolean clear(String backend) {
        return service.backend(backend).clear();
    }
}
