package dev.larder.response;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheKeyContext;
import dev.larder.http.CacheStatus;
import dev.larder.http.CacheStatus.Forward;
import dev.larder.http.Fields;
import dev.larder.http.Preconditions;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.ResponseFacts;
import dev.larder.http.ReuseDecision;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.response.ResponseCache.Lookup;
import dev.larder.response.ResponseCache.SharedResponse;
import dev.larder.singleflight.SingleFlight;
import dev.larder.spi.Ttl;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request to a cached resource method and what became of it: captured, then either a hit, or the method runs and its
 * response is recorded or not. Handed from the thread of the call to that of the response; never used by two at once.
 */
public final class Exchange {

    private enum Phase {
        /** Nothing is decided. */
        CAPTURED,
        /** Looked up in vain. */
        LOOKED_UP,
        /** Answered from the cache. */
        HIT,
        /** The method runs, and its response may be stored. */
        RECORDING,
        /** Nothing of this request is stored, or no more. */
        OVER
    }

    private final CachedResource resource;
    private final RequestFacts request;
    private final Function<Supplier<Object[]>, CacheKeyContext> contexts;
    private final SideEffects effects;

    private volatile Phase phase = Phase.CAPTURED;
    private volatile @Nullable Reason reason;
    private volatile @Nullable Hit hit;
    private volatile @Nullable Lookup lookUp;
    private volatile @Nullable StoredResponses shelf;
    private volatile @Nullable VariantIndex index;
    private volatile SingleFlight<SharedResponse>.@Nullable Flight flight;
    private volatile @Nullable Head head;
    private volatile @Nullable Storing storing;
    private volatile Forward forward = Forward.URI_MISS;
    private volatile boolean collapsed;
    private volatile @Nullable String type;
    private volatile boolean returned;
    private volatile boolean answered = true;
    private volatile @Nullable Origin origin;
    private volatile Object @Nullable [] given;
    private volatile boolean interrupted;
    private volatile boolean transactional;
    private volatile boolean detached;

    /** The number of events that storing still waits for: the response is written, and its transaction is committed. */
    private final AtomicInteger awaited = new AtomicInteger(1);

    /** What the resource said of its response, and the Vary that the client gets. */
    record Head(ResponseFacts facts, @Nullable String vary) {}

    /** What is about to be stored. */
    record Storing(StoredResponse response, VaryMatch variants, Ttl ttl) {}

    /**
     * Notes a captured request.
     *
     * @param contexts makes the context of a key generator, given the source of the method's arguments
     * @param effects watches the resource method, if its response is to be recorded
     */
    public Exchange(
            CachedResource resource,
            RequestFacts request,
            Function<Supplier<Object[]>, CacheKeyContext> contexts,
            SideEffects effects) {
        this.resource = resource;
        this.request = request;
        this.contexts = contexts;
        this.effects = effects;
    }

    /** The matched resource method. */
    public CachedResource resource() {
        return resource;
    }

    /** The request. */
    public RequestFacts request() {
        return request;
    }

    CacheKeyContext context(Supplier<Object[]> arguments) {
        return contexts.apply(arguments);
    }

    /** Whether the cache may be asked, or asked further: it is not decided yet where the answer comes from. */
    public boolean isUndecided() {
        return phase == Phase.CAPTURED || phase == Phase.LOOKED_UP;
    }

    /** Whether nobody asked the cache yet. */
    boolean isCaptured() {
        return phase == Phase.CAPTURED;
    }

    /** What was looked up in vain, while nothing else has come of it. */
    @Nullable
    Lookup lookUp() {
        return phase == Phase.LOOKED_UP ? lookUp : null;
    }

    void lookedUp(Lookup inVain) {
        lookUp = inVain;
        phase = Phase.LOOKED_UP;
    }

    /** Whether the method runs and its response is to be recorded. */
    public boolean isRecording() {
        return phase == Phase.RECORDING;
    }

    /** Whether the resource said nothing of its response yet. */
    public boolean isUnheaded() {
        return head == null;
    }

    /** The resource method does not answer by returning, but by resuming what it was given. */
    public void suspended() {
        answered = false;
        detached = true;
    }

    /** The resource method resumed what it was given; it may not have returned yet. */
    public void answered() {
        answered = true;
        returned = true;
    }

    /** Whether the response is the resource method's, and not the server's because that did not resume in time. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether an interceptor saw the resource method return, or resume what it was given. */
    public boolean isReturned() {
        return returned;
    }

    /** Notes what the resource method itself answered. */
    public void originate(Origin answer) {
        origin = answer;
    }

    /** Notes that the resource method has returned: what is set from now on is not its own. */
    public void end() {
        effects.end();
    }

    /** What the resource method itself answered; null if no interceptor saw that. */
    public @Nullable Origin origin() {
        return origin;
    }

    /**
     * Notes that the outermost interceptor sees the outcome of the call.
     *
     * @param arguments what the server gave the resource method; copied
     */
    public void observe(Object[] arguments) {
        given = arguments.clone();
    }

    /** Whether the outermost interceptor sees the outcome of the call. */
    public boolean isObserved() {
        return given != null;
    }

    /** Whether an interceptor gave the resource method other arguments than the server did. */
    public boolean isChanged(Object[] arguments) {
        Object[] known = given;
        if (known == null) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i] != arguments[i] && !isSameScalar(known[i], arguments[i])) {
                return true;
            }
        }
        return known.length != arguments.length;
    }

    /** Compares by value only what cannot throw: a container may box a primitive anew each time. */
    private static boolean isSameScalar(@Nullable Object one, @Nullable Object other) {
        return one != null && one.getClass().getPackageName().equals("java.lang") && one.equals(other);
    }

    /** Notes that the resource method or an interceptor around it threw: the response is made from that exception. */
    public void interrupt() {
        interrupted = true;
    }

    /** Whether the response is made from an exception, whatever its status. */
    public boolean isInterrupted() {
        return interrupted;
    }

    /** Delays storing until the transaction is committed. */
    void awaitCommit() {
        transactional = true;
        awaited.incrementAndGet();
    }

    /** Counts one event that storing waits for. Returns whether it was the last one. */
    boolean countAwaited() {
        return awaited.decrementAndGet() == 0;
    }

    /** The answer from the cache, or null if the method runs. */
    public @Nullable Hit hit() {
        return hit;
    }

    /** Why the request was not answered from the cache, or its response not stored; null if it was. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** What became of it so far, in the words of Cache-Status. */
    public CacheStatus status() {
        Hit found = hit;
        if (found != null) {
            return collapsed ? CacheStatus.forwarded(forward).collapsed() : found.cacheStatus();
        }
        Storing stored = storing;
        Reason why = reason;
        CacheStatus status = CacheStatus.forwarded(forward);
        if (stored != null && why == null) {
            status = isNotModified() ? status.forwardStatus(stored.response().status()) : status;
            status = status.stored();
        }
        return why == null ? status : status.detail(why);
    }

    /** The Vary that the client gets, or null if the resource's own is all of it. */
    public @Nullable String vary() {
        Head known = head;
        return known == null ? null : known.vary();
    }

    /** Whether a status is that of the response that is about to be stored. */
    public boolean isStatus(int status) {
        Storing stored = storing;
        return stored != null && stored.response().status() == status;
    }

    /** The ETag of the response that is about to be stored, or null if there is none. */
    public @Nullable String entityTag() {
        Storing stored = storing;
        return stored == null ? null : stored.response().fields().first("ETag");
    }

    /**
     * Whether the client has the response that the method made already (RFC 9110 §13.1.2).
     *
     * @param status the status that it would be sent with
     */
    public boolean isNotModified(int status) {
        return isStatus(status) && isNotModified();
    }

    private boolean isNotModified() {
        Storing stored = storing;
        return stored != null
                && Preconditions.evaluate(
                                request.fields(),
                                stored.response(),
                                stored.response().storedAtMillis())
                        == Preconditions.Outcome.NOT_MODIFIED;
    }

    /** Whether a field of the whole response must not be in a 304 (RFC 9110 §15.4.5). */
    public boolean isOnlyInFull(String name) {
        Hit found = hit;
        Storing stored = storing;
        Fields full = found != null
                ? found.fields()
                : stored != null ? stored.response().fields() : Fields.EMPTY;
        return ReuseDecision.isOnlyInFull(name, full);
    }

    /** Whether a field belongs to the stored response, and was not added by others. */
    public boolean isOfFull(String name) {
        Hit found = hit;
        return found != null && found.fields().contains(name);
    }

    void answer(Hit found) {
        hit = found;
        phase = Phase.HIT;
    }

    void typed(String inKey) {
        type = inKey;
    }

    /** Whether the response is of the media type in the key. */
    boolean isOfItsType(@Nullable String contentType) {
        Negotiation negotiation = resource.negotiation();
        String inKey = type;
        return negotiation == null || inKey == null || negotiation.isKept(inKey, contentType);
    }

    void collapsed() {
        collapsed = true;
    }

    void forward(Forward why) {
        forward = why;
    }

    void record(
            StoredResponses where,
            @Nullable VariantIndex known,
            SingleFlight<SharedResponse>.@Nullable Flight leading) {
        shelf = where;
        index = known;
        flight = leading;
        phase = Phase.RECORDING;
    }

    void beginRecording() {
        effects.begin();
    }

    StoredResponses shelf() {
        return requireNonNull(shelf, "recording");
    }

    @Nullable
    VariantIndex index() {
        return index;
    }

    void headed(ResponseFacts facts, @Nullable String vary) {
        head = new Head(facts, vary);
    }

    @Nullable
    ResponseFacts head() {
        Head known = head;
        return known == null ? null : known.facts();
    }

    void storing(Storing made) {
        storing = made;
    }

    @Nullable
    Storing storing() {
        return storing;
    }

    /**
     * Ends recording when the request is over. If its response was never completed, because a filter or a writer threw,
     * the requests that wait for it run the method.
     */
    public void abandon() {
        if (isRecording()) {
            over(Reason.INCOMPLETE);
        }
    }

    /** Notes that the resource method answers on another thread, maybe after the context of its request has ended. */
    public void detach() {
        detached = true;
    }

    /** Whether the resource method answers on another thread. */
    public boolean isDetached() {
        return detached;
    }

    /** Nothing is stored of this request; who waits for it runs the method. */
    void over(Reason why) {
        reason = why;
        if (why == Reason.AUTHORIZATION || (why == Reason.BACKEND && isUndecided())) {
            forward = Forward.BYPASS; // nothing could have been found for it
        }
        phase = Phase.OVER;
        SingleFlight<SharedResponse>.Flight leading = flight;
        if (leading != null) {
            leading.fail();
        }
    }

    /** The response can be stored: who waits for it gets it. */
    void landed(SharedResponse landed) {
        phase = Phase.OVER;
        SingleFlight<SharedResponse>.Flight leading = flight;
        if (leading != null) {
            leading.land(landed);
        }
    }

    /** The response is stored, or could not be. */
    void stored() {
        SingleFlight<SharedResponse>.Flight leading = flight;
        if (leading != null) {
            leading.over();
        }
    }

    /** The resource method returned; its response may come later, from another thread. */
    public void returned() {
        returned = true;
        SingleFlight<SharedResponse>.Flight leading = flight;
        if (leading != null && !transactional) {
            leading.detach(); // in a transaction the thread goes on until the commit
        }
    }
}
