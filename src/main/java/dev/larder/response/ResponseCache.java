package dev.larder.response;

import dev.larder.CacheException;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.response.State.Captured;
import dev.larder.response.State.LookedUp;
import dev.larder.service.Region;
import dev.larder.singleflight.SingleFlight;
import dev.larder.transaction.CurrentTransaction;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a request to a cached resource method is a hit or a miss, and where its response is stored. Its jobs
 * are to look up ({@link ResponseReader}), to collapse concurrent misses ({@link MissCollapser}), to record
 * ({@link ResponseRecorder}) and to invalidate ({@link UriInvalidator}). Thread-safe. Never throws because of the cache: what
 * fails here makes a request run uncached.
 */
public final class ResponseCache {

    private static final System.Logger LOG = System.getLogger("dev.larder.response");

    private final SingleFlight<SharedResponse> flights = new SingleFlight<>();
    private final ResponseReader reader;
    private final MissCollapser collapser;
    private final ResponseRecorder recorder;
    private final UriInvalidator invalidator;
    private final boolean sendsGroups;

    /**
     * Creates the cache of an application.
     *
     * @param application its name, part of every default key
     * @param transaction a response is stored after its commit
     * @param sendsGroups whether clients see the groups that the response to an unsafe method invalidates
     */
    public ResponseCache(
            Supplier<String> application, InstantSource clock, CurrentTransaction transaction, boolean sendsGroups) {
        this.sendsGroups = sendsGroups;
        this.reader = new ResponseReader(application, clock, flights);
        this.collapser = new MissCollapser(clock, flights);
        this.recorder = new ResponseRecorder(clock, transaction);
        this.invalidator = new UriInvalidator(application);
    }

    /**
     * Serves a captured request from the store, before it is certain that the server will call the method. So it waits for no
     * other request, and joins no single flight. If nothing can be served, {@link #serve} continues from this lookup.
     *
     * @return true if {@link Exchange#hit} is served
     */
    public boolean lookUp(Exchange exchange) {
        return decide(exchange, ResponseCache::noArguments, (any, lookup) -> {});
    }

    private static Object[] noArguments() {
        throw new IllegalStateException("The arguments are not available before the call");
    }

    /**
     * Serves a captured request from the cache, if it may and can.
     *
     * @param arguments the method's arguments
     * @return true if {@link Exchange#hit} is served; false if the method is to run
     */
    public boolean serve(Exchange exchange, Supplier<Object[]> arguments) {
        return decide(exchange, arguments, collapser::join);
    }

    private boolean decide(Exchange exchange, Supplier<Object[]> arguments, BiConsumer<Exchange, Lookup> onMiss) {
        try {
            if (exchange.state() instanceof Captured) {
                reader.lookUp(exchange, arguments);
            }
            if (exchange.state() instanceof LookedUp miss) {
                onMiss.accept(exchange, miss.lookup());
            }
            if (exchange.isRecording()) {
                exchange.watchSideEffects();
            } else if (!exchange.isUndecided()) {
                exchange.report();
            }
            return exchange.hit() != null;
        } catch (CacheException e) {
            exchange.end(Reason.BACKEND); // logged by the failure policy; nothing is written after a failed read
            exchange.report();
            return false;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A request to " + exchange.resource().keyRoot() + " runs uncached",
                    e);
            exchange.end(Reason.BACKEND);
            return false;
        } finally {
            exchange.count();
        }
    }

    /** Lets a request run uncached. */
    public void bypass(Exchange exchange, Reason reason) {
        exchange.bypass(reason);
        exchange.report();
    }

    /**
     * Delays a response that is made in a transaction. After the commit it is stored and its followers get it; after a
     * rollback it is not.
     */
    public void followTransaction(Exchange exchange) {
        recorder.followTransaction(exchange);
    }

    /**
     * Records the status and the fields that the resource set, before filters and the body.
     *
     * @param servletCookie whether a cookie was set by the servlet API, or a session created
     */
    public void noteHead(Exchange exchange, int status, Fields fields, boolean servletCookie) {
        recorder.noteHead(exchange, status, fields, servletCookie);
    }

    /**
     * Records the whole body of a response before the client gets it. From now on the exchange has the ETag, and can determine
     * whether the client already has the response. {@link #noteWritten} is to follow.
     *
     * @param contentType the body's, null without a body
     * @param said the fields that its writer set or changed
     * @param servletCookie whether a cookie was set by the servlet API, or a session created
     */
    public void noteBody(
            Exchange exchange, byte[] body, @Nullable String contentType, Fields said, boolean servletCookie) {
        recorder.noteBody(exchange, body, contentType, said, servletCookie);
    }

    /** The recorded response was sent to the client: stores it, after the commit if it was made in a transaction. */
    public void noteWritten(Exchange exchange) {
        recorder.noteWritten(exchange);
    }

    /** Does not store a response that is recorded: it will not be complete, or is not the resource's own. */
    public void discard(Exchange exchange, Reason reason) {
        recorder.discard(exchange, reason);
    }

    /** Registers a region with responses of this application that unsafe methods may invalidate. */
    public void register(Region region) {
        invalidator.register(region);
    }

    /**
     * Invalidates what the success of an unsafe method may have changed (RFC 9111 §4.4): every stored response of its URI,
     * and of same-origin Location and Content-Location, whatever the query and the variant. When it returns, none of them
     * is served any more. Never throws.
     *
     * @param status the response's status
     * @param fields the response's fields
     * @return the URIs that it invalidated, without queries
     */
    public Set<String> invalidate(RequestFacts request, int status, Fields fields) {
        return invalidator.invalidate(request, status, fields);
    }

    /** Whether clients see the groups that the response to an unsafe method invalidates. */
    public boolean sendsGroups() {
        return sendsGroups;
    }

    /** How many methods run, or responses are being stored, that other requests may wait for. */
    int leaders() {
        return flights.leaders();
    }

    /** How many requests wait for another one. */
    int followers() {
        return flights.followers();
    }
}
