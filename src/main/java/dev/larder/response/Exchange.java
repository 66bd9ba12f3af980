package dev.larder.response;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheKeyContext;
import dev.larder.collapse.Flights;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.ResponseFacts;
import dev.larder.response.ResponseCache.Landed;
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

    private volatile Phase phase = Phase.CAPTURED;
    private volatile @Nullable Reason reason;
    private volatile @Nullable Hit hit;
    private volatile @Nullable Shelf shelf;
    private volatile @Nullable VariantIndex index;
    private volatile Flights<Landed>.@Nullable Flight flight;
    private volatile @Nullable ResponseFacts head;
    private volatile boolean returned;

    /**
     * Notes a captured request.
     *
     * @param contexts makes the context of a key generator, given the source of the method's arguments
     */
    public Exchange(
            CachedResource resource, RequestFacts request, Function<Supplier<Object[]>, CacheKeyContext> contexts) {
        this.resource = resource;
        this.request = request;
        this.contexts = contexts;
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

    /** Whether nobody asked the cache yet. */
    public boolean isCaptured() {
        return phase == Phase.CAPTURED;
    }

    /** Whether the method runs and its response is to be recorded. */
    public boolean isRecording() {
        return phase == Phase.RECORDING;
    }

    /** Whether the resource said nothing of its response yet. */
    public boolean isUnheaded() {
        return head == null;
    }

    /** Whether an interceptor saw the resource method return. */
    public boolean isReturned() {
        return returned;
    }

    /** The answer from the cache, or null if the method runs. */
    public @Nullable Hit hit() {
        return hit;
    }

    /** Why the request was not answered from the cache, or its response not stored; null if it was. */
    public @Nullable Reason reason() {
        return reason;
    }

    void answer(Hit found) {
        hit = found;
        phase = Phase.HIT;
    }

    void record(Shelf where, @Nullable VariantIndex known, Flights<Landed>.@Nullable Flight leading) {
        shelf = where;
        index = known;
        flight = leading;
        phase = Phase.RECORDING;
    }

    Shelf shelf() {
        return requireNonNull(shelf, "recording");
    }

    @Nullable
    VariantIndex index() {
        return index;
    }

    void headed(ResponseFacts facts) {
        head = facts;
    }

    @Nullable
    ResponseFacts head() {
        return head;
    }

    /** Nothing is stored of this request; who waits for it runs the method. */
    void over(Reason why) {
        reason = why;
        phase = Phase.OVER;
        Flights<Landed>.Flight leading = flight;
        if (leading != null) {
            leading.fail();
        }
    }

    /** The response can be stored: who waits for it gets it. */
    void landed(Landed landed) {
        phase = Phase.OVER;
        Flights<Landed>.Flight leading = flight;
        if (leading != null) {
            leading.land(landed);
        }
    }

    /** The response is stored, or could not be. */
    void stored() {
        Flights<Landed>.Flight leading = flight;
        if (leading != null) {
            leading.over();
        }
    }

    /** The resource method returned; its response may come later, from another thread. */
    public void returned() {
        returned = true;
        Flights<Landed>.Flight leading = flight;
        if (leading != null) {
            leading.detach();
        }
    }
}
