package dev.larder.response;

import dev.larder.CacheException;
import dev.larder.http.CacheStatus.Forward;
import dev.larder.http.EntityTag;
import dev.larder.http.Fields;
import dev.larder.http.Invalidation;
import dev.larder.http.Reason;
import dev.larder.http.RequestCacheability;
import dev.larder.http.RequestFacts;
import dev.larder.http.ResponseFacts;
import dev.larder.http.ResponseFacts.Completion;
import dev.larder.http.Scope;
import dev.larder.http.Storability;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.UnpairedSurrogate;
import dev.larder.service.Region;
import dev.larder.singleflight.SingleFlight;
import dev.larder.spi.Ttl;
import dev.larder.transaction.CurrentTransaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a request to a cached resource method is a hit or a miss, and where its response is stored.
 * Thread-safe. Never throws for the cache's sake: what goes wrong here makes a request run uncached.
 */
public final class ResponseCache {

    private static final System.Logger LOG = System.getLogger("dev.larder.response");

    private final Supplier<String> application;
    private final InstantSource clock;
    private final CurrentTransaction transaction;
    private final SingleFlight<SharedResponse> flights = new SingleFlight<>();
    private final Generations generations;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();

    /**
     * Makes the cache of an application.
     *
     * @param application its name, part of every default key
     * @param transaction a response is stored after its commit
     */
    public ResponseCache(Supplier<String> application, InstantSource clock, CurrentTransaction transaction) {
        this.application = application;
        this.clock = clock;
        this.transaction = transaction;
        this.generations = new Generations(clock);
    }

    /** What a flight brings: a response, and the request fields it was selected by. */
    record SharedResponse(StoredResponse response, VaryMatch vary, String selecting) {

        boolean isFor(RequestFacts request) {
            return vary.names().isEmpty() || selecting.equals(vary.selecting(request.fields()));
        }
    }

    /**
     * Answers a captured request by what is stored, before it is known that the method will run: waits for no other
     * request, and notes nothing that would have to be ended. If that answers nothing, {@link #serve} goes on from there.
     *
     * @return true if {@link Exchange#hit} is the answer
     */
    public boolean find(Exchange exchange) {
        return guarded(exchange, ResponseCache::unknown, true);
    }

    private static Object[] unknown() {
        throw new IllegalStateException("The arguments are not known before the call");
    }

    /**
     * Answers a captured request from the cache, if it may and can.
     *
     * @param arguments the method's arguments
     * @return true if {@link Exchange#hit} is the answer; false if the method is to run
     */
    public boolean serve(Exchange exchange, Supplier<Object[]> arguments) {
        return guarded(exchange, arguments, false);
    }

    private boolean guarded(Exchange exchange, Supplier<Object[]> arguments, boolean onlyFind) {
        try {
            boolean answered = exchange.isCaptured() && looksUp(exchange, arguments);
            Lookup inVain = exchange.lookUp();
            if (!answered && !onlyFind && inVain != null) {
                answered = boards(exchange, inVain);
            }
            if (exchange.isRecording()) {
                exchange.beginRecording();
            } else if (!exchange.isUndecided()) {
                report(exchange);
            }
            return answered;
        } catch (CacheException e) {
            exchange.over(Reason.BACKEND); // logged by the failure policy; nothing is written after a failed read
            report(exchange);
            return false;
        } catch (RuntimeException | LinkageError e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A request to " + exchange.resource().keyRoot() + " runs uncached",
                    e);
            exchange.over(Reason.BACKEND);
            return false;
        }
    }

    /**
     * What was looked up in vain.
     *
     * @param found what there was instead
     * @param endedBefore how many flights had ended before
     * @param mayNot why the response may not be stored, null if it may
     */
    record Lookup(
            StoredResponses shelf,
            StoredResponses.Match found,
            int endedBefore,
            @Nullable Reason mayNot) {}

    private boolean looksUp(Exchange exchange, Supplier<Object[]> arguments) {
        CachedResource resource = exchange.resource();
        if (!resource.policy().active()) {
            return bypasses(exchange, Reason.NO_TTL);
        }
        RequestCacheability may = RequestCacheability.of(resource.rules(), exchange.request());
        Reason mayNot = may.reason();
        if (!may.lookUp() && mayNot != null) {
            return bypasses(exchange, mayNot);
        }
        String text = ResourceKey.of(application.get(), exchange, arguments);
        if (text == null || UnpairedSurrogate.in(text) != null) {
            return bypasses(exchange, Reason.NO_KEY);
        }
        Region region = resource.region();
        Generations.Uri uri = resource.generatedKey() == null
                ? generations.of(region, application.get(), exchange.request().resource())
                : null;
        int endedBefore = flights.ended(text);
        StoredResponses empty = new StoredResponses(region, text, uri, 0);
        StoredResponses.Match found = empty.find(exchange.request());
        if (found.response() == null && found.index() != null) {
            exchange.forward(Forward.VARY_MISS);
        }
        if (answered(exchange, found.response())) {
            return true;
        }
        exchange.lookedUp(new Lookup(empty, found, endedBefore, mayNot));
        return false;
    }

    private boolean boards(Exchange exchange, Lookup inVain) {
        CachedResource resource = exchange.resource();
        StoredResponses.Match found = inVain.found();
        Reason mayNot = inVain.mayNot();
        Generations.Uri uri = inVain.shelf().uri();
        long generation = uri == null || mayNot != null ? found.number() : uri.begin(found.number());
        StoredResponses shelf = inVain.shelf().begun(generation);
        // who came after an invalidation waits for no answer from before
        String flightKey = shelf.region().id() + generation + ' ' + shelf.text();
        SharedResponse beingStored = flights.landed(flightKey);
        if (beingStored != null && answered(exchange, beingStored)) {
            return true;
        }
        if (mayNot != null) {
            return runs(exchange, mayNot);
        }
        if (uri != null && generation == 0) {
            return runs(exchange, Reason.BACKEND);
        }
        // nobody waits for an answer that is for its caller alone
        boolean alone =
                resource.rules().scope() == Scope.PUBLIC && exchange.request().isAuthenticated();
        Duration patience = alone ? Duration.ZERO : resource.policy().lockTimeout();
        SingleFlight.Boarding<SharedResponse> boarding =
                flights.board(flightKey, shelf.text(), inVain.endedBefore(), patience);
        if (boarding instanceof SingleFlight.Arrived<SharedResponse> arrived && answered(exchange, arrived.value())) {
            exchange.collapsed();
            return true;
        }
        if (boarding instanceof SingleFlight.Leads<SharedResponse> leads) {
            return leads.overtaken()
                    ? looksAgain(exchange, shelf, leads.flight())
                    : records(exchange, shelf, found, leads.flight());
        }
        return records(exchange, shelf, found, null);
    }

    private static boolean records(
            Exchange exchange,
            StoredResponses shelf,
            StoredResponses.Match found,
            SingleFlight<SharedResponse>.@Nullable Flight flight) {
        exchange.record(shelf, found.index(), flight);
        return false;
    }

    private boolean looksAgain(Exchange exchange, StoredResponses shelf, SingleFlight<SharedResponse>.Flight flight) {
        exchange.record(shelf, null, flight); // it fails with the request
        StoredResponses.Match found = shelf.find(exchange.request());
        StoredResponse response = found.response();
        if (response != null && answered(exchange, response)) {
            VaryMatch vary =
                    found.index() == null ? VaryMatch.NONE : found.index().vary();
            flight.land(new SharedResponse(
                    response, vary, vary.selecting(exchange.request().fields())));
            flight.over();
            return true;
        }
        return records(exchange, shelf, found, flight);
    }

    /** Lets a request run uncached. */
    public void bypass(Exchange exchange, Reason reason) {
        bypasses(exchange, reason);
        report(exchange);
    }

    private static boolean bypasses(Exchange exchange, Reason reason) {
        exchange.forward(Forward.of(reason));
        return runs(exchange, reason);
    }

    private static boolean runs(Exchange exchange, Reason reason) {
        exchange.over(reason);
        return false;
    }

    private boolean answered(Exchange exchange, SharedResponse landed) {
        return landed.isFor(exchange.request()) && answered(exchange, landed.response());
    }

    private boolean answered(Exchange exchange, @Nullable StoredResponse stored) {
        if (stored == null) {
            return false;
        }
        Hit.Outcome outcome = Hit.of(exchange.resource().rules(), exchange.request(), stored, clock.millis());
        if (outcome instanceof Hit.Answered answered) {
            exchange.answer(answered.hit());
            return true;
        }
        exchange.forward(Forward.of(((Hit.NotAnswered) outcome).reason()));
        return false;
    }

    /**
     * Notes what the resource said of its response, before filters and the body.
     *
     * @param servletCookie whether a cookie was set by the servlet API, or a session created
     */
    public void headed(Exchange exchange, int status, Fields fields, boolean servletCookie) {
        if (!exchange.isRecording()) {
            return;
        }
        ResponseFacts facts = new ResponseFacts(status, fields, servletCookie, Completion.COMPLETE, -1, clock.millis());
        Storability storability = Storability.of(exchange.resource().rules(), exchange.request(), facts);
        if (storability instanceof Storability.NotStorable not) {
            over(exchange, not.reason());
        } else {
            Fields stored = ((Storability.Storable) storability).fields();
            String vary = stored.combined("Vary");
            exchange.headed(facts, Objects.equals(vary, fields.combined("Vary")) ? null : vary);
        }
    }

    /**
     * Takes the body of a response, all of it, before the client gets it: from now on the exchange tells the ETag and
     * whether the client has it already. {@link #written} is to follow.
     *
     * @param contentType the body's, null without a body
     * @param said the fields that its writer set or changed
     * @param servletCookie whether a cookie was set by the servlet API, or a session created
     */
    public void made(Exchange exchange, byte[] body, @Nullable String contentType, Fields said, boolean servletCookie) {
        ResponseFacts head = exchange.head();
        if (!exchange.isRecording() || head == null) {
            return;
        }
        try {
            Fields fields = head.fields().with(said);
            fields = contentType == null ? fields : fields.with("Content-Type", contentType);
            make(
                    exchange,
                    new ResponseFacts(
                            head.status(), fields, servletCookie, Completion.COMPLETE, body.length, clock.millis()),
                    body);
        } catch (RuntimeException | LinkageError e) {
            notStored(exchange, e);
        }
    }

    private void make(Exchange exchange, ResponseFacts facts, byte[] body) {
        CachedResource resource = exchange.resource();
        Storability storability = Storability.of(resource.rules(), exchange.request(), facts);
        if (storability instanceof Storability.NotStorable not) {
            over(exchange, not.reason());
            return;
        }
        if (!exchange.isOfItsType(facts.fields().first("Content-Type"))) {
            over(exchange, Reason.MEDIA_TYPE);
            return;
        }
        Storability.Storable storable = (Storability.Storable) storability;
        Duration lifetime = storable.lifetimeSeconds().isPresent()
                ? Duration.ofSeconds(storable.lifetimeSeconds().getAsLong())
                : resource.policy().ttl();
        Ttl ttl = new Ttl(lifetime);
        StoredResponse response = new StoredResponse(
                facts.status(),
                EntityTag.ensured(storable.fields(), facts.status(), body),
                body,
                clock.millis(),
                storable.initialAge(),
                ttl.toMillis(),
                exchange.shelf().generation());
        exchange.storing(new Exchange.Storing(response, resource.variants(storable.vary()), ttl));
    }

    /**
     * Stores a response that was made and has reached the client. If it was made in a transaction, waits for the
     * commit.
     */
    public void written(Exchange exchange) {
        if (!exchange.isRecording() || exchange.storing() == null) {
            return;
        }
        report(exchange);
        storeIfNothingIsAwaited(exchange);
    }

    /**
     * Delays a response that is made in a transaction. After the commit it is stored, and given to the requests that
     * wait for it. After a rollback it is not.
     */
    public void followTransaction(Exchange exchange) {
        if (exchange.isRecording() && transaction.onEnd(committed -> ended(exchange, committed))) {
            exchange.awaitCommit();
        }
    }

    private void ended(Exchange exchange, boolean committed) {
        if (committed) {
            storeIfNothingIsAwaited(exchange);
        } else {
            failed(exchange, Reason.ROLLED_BACK);
        }
    }

    private void storeIfNothingIsAwaited(Exchange exchange) {
        Exchange.Storing storing = exchange.storing();
        if (!exchange.countAwaited() || !exchange.isRecording() || storing == null) {
            return;
        }
        try {
            store(exchange, storing);
        } catch (CacheException e) {
            exchange.over(Reason.BACKEND); // logged by the failure policy
        } catch (RuntimeException | LinkageError e) {
            notStored(exchange, e);
        }
    }

    private void store(Exchange exchange, Exchange.Storing storing) {
        RequestFacts request = exchange.request();
        VariantIndex index = exchange.index();
        VaryMatch vary = index == null
                ? storing.variants()
                : index.joined(storing.variants()).vary();
        exchange.landed(new SharedResponse(storing.response(), vary, vary.selecting(request.fields())));
        boolean taken = exchange.resource().region().later(() -> {
            try {
                if (!exchange.shelf().put(request, storing.response(), storing.variants(), index, storing.ttl())) {
                    exchange.over(Reason.INVALIDATED);
                }
            } catch (CacheException e) {
                LOG.log(System.Logger.Level.DEBUG, "Not stored", e); // reported by the failure policy
            } finally {
                exchange.stored();
            }
        });
        if (!taken) {
            exchange.stored();
        }
    }

    /** Tells of a region with responses of this application under URIs. */
    public void add(Region region) {
        regions.put(region.id(), region);
    }

    /**
     * Invalidates what the success of an unsafe method makes doubtful (RFC 9111 §4.4): every stored response of its URI,
     * and of same-origin Location and Content-Location, whatever the query and the variant. When it returns, none of them
     * is served any more. Never throws.
     *
     * @param status the response's status
     * @param fields the response's fields
     */
    public void invalidate(RequestFacts request, int status, Fields fields) {
        Set<String> resources = regions.isEmpty() ? Set.of() : Invalidation.resources(request, status, fields);
        if (resources.isEmpty()) {
            return;
        }
        Set<String> failed = new HashSet<>();
        for (Region region : regions.values()) {
            for (String each : resources) {
                try {
                    if (!generations.of(region, application.get(), each).evict(!failed.contains(region.backend()))) {
                        failed.add(region.backend());
                    }
                } catch (RuntimeException | LinkageError e) {
                    LOG.log(System.Logger.Level.WARNING, "What " + request + " changed may be served as it was", e);
                }
            }
        }
    }

    /** How many invalidations the stores did not take. */
    int owed() {
        return generations.owed();
    }

    /** How many methods run, or answers are being stored, that others may wait for. */
    int underWay() {
        return flights.size();
    }

    /** The response will not be complete, or was not the resource's: nothing is stored. */
    public void failed(Exchange exchange, Reason reason) {
        if (exchange.isRecording()) {
            over(exchange, reason);
        }
    }

    private static void notStored(Exchange exchange, Throwable failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "A response of " + exchange.resource().keyRoot() + " is not stored",
                failure);
        over(exchange, Reason.BACKEND);
    }

    private static void over(Exchange exchange, Reason reason) {
        exchange.over(reason);
        report(exchange);
    }

    /** One line for each request, in the words of Cache-Status. */
    private static void report(Exchange exchange) {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(System.Logger.Level.DEBUG, exchange.request() + ": " + exchange.status());
        }
    }
}
