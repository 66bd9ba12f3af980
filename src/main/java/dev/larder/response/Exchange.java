package dev.larder.response;

import static java.util.Objects.requireNonNull;

import dev.larder.CacheKeyContext;
import dev.larder.http.CacheStatus;
import dev.larder.http.CacheStatus.Forward;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.ReuseDecision;
import dev.larder.http.StoredResponse;
import dev.larder.policy.MethodTags;
import dev.larder.response.State.Captured;
import dev.larder.response.State.Done;
import dev.larder.response.State.LookedUp;
import dev.larder.response.State.Recording;
import dev.larder.response.State.Served;
import dev.larder.statistics.CacheEvents;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request to a cached resource method, and its {@link State}. Handed from the thread of the call to that of the
 * response. Only the end of its transaction may come at the same time, from another thread.
 */
public final class Exchange {

    private static final System.Logger LOG = System.getLogger("dev.larder.response");

    private final CachedResource resource;
    private final RequestFacts request;
    private final RequestContext context;
    private final SideEffects effects;
    private final MethodCall call = new MethodCall();
    private final AtomicReference<State> state = new AtomicReference<>(new Captured());

    /** Why the method runs; preliminary until the lookup. */
    private volatile Forward forward = Forward.URI_MISS;

    private volatile boolean transactional;
    private volatile boolean counted;
    private volatile boolean loading;
    private volatile long loadStart;

    /** How many events storing waits for: the response is written, and its transaction is committed. */
    private final AtomicInteger awaited = new AtomicInteger(1);

    /**
     * Notes a captured request.
     *
     * @param context the server's data on the request
     * @param effects watches the resource method, if its response is to be recorded
     */
    public Exchange(CachedResource resource, RequestFacts request, RequestContext context, SideEffects effects) {
        this.resource = resource;
        this.request = request;
        this.context = context;
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

    /** The call of the resource method. */
    public MethodCall call() {
        return call;
    }

    CacheKeyContext context(Supplier<Object[]> arguments) {
        return context.forKey(arguments);
    }

    /** The tags of the response; null if they cannot be evaluated. */
    @Nullable
    Set<String> tags(Supplier<Object[]> arguments) {
        MethodTags tags = resource.policy().tags();
        Set<String> constant = tags.constant();
        return constant == null ? context.tags(tags, arguments) : constant;
    }

    State state() {
        return requireNonNull(state.get(), "state");
    }

    /** Whether a stored response may still be served, since the method does not run yet. */
    public boolean isUndecided() {
        return state() instanceof Captured || state() instanceof LookedUp;
    }

    /** Whether the method runs and its response is to be recorded. */
    public boolean isRecording() {
        return state() instanceof Recording;
    }

    /** The stored response that is served; null if the method runs. */
    public @Nullable Hit hit() {
        return state() instanceof Served served ? served.hit() : null;
    }

    /** Why no stored response is served, or the method's response is not stored; null if it is. */
    public @Nullable Reason reason() {
        return state() instanceof Done done ? done.reason() : null;
    }

    void lookedUp(Lookup lookup) {
        state.set(new LookedUp(lookup));
    }

    void forward(Forward why) {
        forward = why;
    }

    /** Serves a stored response, if there is one that the request allows to use; false if not. */
    boolean serve(@Nullable StoredResponse stored, long now) {
        if (stored == null) {
            return false;
        }
        Hit.Outcome outcome = Hit.of(resource.rules(), request, stored, now);
        if (outcome instanceof Hit.Unusable unusable) {
            forward = Forward.of(unusable.reason());
            return false;
        }
        state.set(new Served(((Hit.Usable) outcome).hit(), false));
        return true;
    }

    /** The response that is served was recorded for another request meanwhile. */
    void markCollapsed() {
        if (state() instanceof Served served) {
            state.set(new Served(served.hit(), true));
        }
    }

    void record(Recording recording) {
        state.set(recording);
    }

    /** Watches what the method sets by other means than Jakarta REST. */
    void watchSideEffects() {
        effects.begin();
    }

    /** The resource method has returned: a field that is set from now on is not its own. */
    public void endSideEffects() {
        effects.end();
    }

    /** The resource method returned. Its response may come later, from another thread. */
    public void markReturned() {
        call.markReturned();
        if (state() instanceof Recording recording && !transactional) {
            recording.runner().detach(); // in a transaction, the thread does not return before the commit
        }
    }

    void note(Head head) {
        markLoaded();
        if (state() instanceof Recording recording) {
            replace(recording, recording.with(head));
        }
    }

    void note(Recorded response) {
        if (state() instanceof Recording recording) {
            replace(recording, recording.with(response));
        }
    }

    /** From now on the response is being stored, unless its recording ended meanwhile; false if it did. */
    boolean store(Recording recording) {
        return replace(recording, new Done(null, recording));
    }

    private boolean replace(Recording recording, State next) {
        return state.compareAndSet(recording, next);
    }

    /** Delays storing until the transaction is committed. */
    void awaitCommit() {
        transactional = true;
        awaited.incrementAndGet();
    }

    /** Counts one event that storing waits for; returns whether it was the last one. */
    boolean countAwaited() {
        return awaited.decrementAndGet() == 0;
    }

    /** The method runs uncached. */
    void bypass(Reason why) {
        forward = Forward.of(why);
        if (!counted) {
            counted = true;
            resource.events().bypass();
        }
        end(why);
    }

    /** Nothing of this request is stored. Its followers run the method. */
    void end(Reason why) {
        if (why == Reason.AUTHORIZATION || (why == Reason.BACKEND && isUndecided())) {
            forward = Forward.BYPASS; // no entry could have been served
        }
        markLoaded();
        Recording recording = recording();
        State before = state.getAndSet(new Done(why, recording));
        if (!(before instanceof Served) && !(before instanceof Done done && done.reason() != null)) {
            resource.events().notStored(why.kebab());
        }
        if (recording != null) {
            recording.runner().fail();
        }
    }

    /**
     * Ends recording when the request ends. If its response was never completed, because a filter or a writer threw, its
     * followers run the method.
     */
    public void abandon() {
        if (isRecording()) {
            end(Reason.INCOMPLETE);
        }
    }

    @Nullable
    Recording recording() {
        State now = state();
        return now instanceof Recording recording ? recording : now instanceof Done done ? done.recording() : null;
    }

    private @Nullable StoredResponse recorded() {
        Recording recording = recording();
        Recorded response = recording == null ? null : recording.response();
        return response == null ? null : response.response();
    }

    /** Counts the request as a hit, a miss or a bypass, once that is decided. A failed read is a miss. */
    void count() {
        if (counted || isUndecided()) {
            return;
        }
        counted = true;
        CacheEvents events = resource.events();
        if (state() instanceof Served served) {
            events.hit();
            if (served.collapsed()) {
                events.coalesced();
            }
        } else if (forward != Forward.BYPASS || reason() == Reason.BACKEND) {
            events.miss();
            loadStart = events.now();
            loading = isRecording();
        } else {
            events.bypass();
        }
    }

    /** Ends the measured run of the method: the head of its response is there, or it is not recorded any more. */
    private void markLoaded() {
        if (loading) {
            loading = false;
            resource.events().loaded(loadStart);
        }
    }

    /** Logs one line for each request, in the words of Cache-Status. */
    void report() {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(System.Logger.Level.DEBUG, request + ": " + status());
        }
    }

    /** Its outcome so far, in the words of Cache-Status. */
    public CacheStatus status() {
        if (state() instanceof Served served) {
            return served.collapsed()
                    ? CacheStatus.forwarded(forward).collapsed()
                    : served.hit().cacheStatus();
        }
        StoredResponse stored = recorded();
        Reason why = reason();
        CacheStatus status = CacheStatus.forwarded(forward);
        if (stored != null && why == null) {
            return (isNotModified() ? status.forwardStatus(stored.status()) : status).stored();
        }
        return why == null ? status : status.detail(why);
    }

    /** The Vary that the client gets; null if the resource's own is all of it. */
    public @Nullable String vary() {
        Recording recording = recording();
        Head head = recording == null ? null : recording.head();
        return head == null ? null : head.vary();
    }

    /** Whether a status is that of the response that is about to be stored. */
    public boolean isStatus(int status) {
        StoredResponse stored = recorded();
        return stored != null && stored.status() == status;
    }

    /** The ETag of the response that is about to be stored; null if there is none. */
    public @Nullable String entityTag() {
        StoredResponse stored = recorded();
        return stored == null ? null : stored.fields().first("ETag");
    }

    /**
     * Whether the client already has the response of the method (RFC 9110 §13.1.2).
     *
     * @param status the status that it would be sent with
     */
    public boolean isNotModified(int status) {
        return isStatus(status) && isNotModified();
    }

    private boolean isNotModified() {
        StoredResponse stored = recorded();
        return stored != null && ReuseDecision.isNotModified(request, stored);
    }

    /** Whether a field of the whole response must not be in a 304 (RFC 9110 §15.4.5). */
    public boolean isOnlyInFull(String name) {
        Hit hit = hit();
        StoredResponse stored = recorded();
        Fields full = hit != null ? hit.fields() : stored != null ? stored.fields() : Fields.EMPTY;
        return ReuseDecision.isOnlyInFull(name, full);
    }

    /** Whether a field belongs to the stored response, and was not added by others. */
    public boolean isOfFull(String name) {
        Hit hit = hit();
        return hit != null && hit.fields().contains(name);
    }
}
