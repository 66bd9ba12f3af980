package dev.larder.response;

import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.Scope;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.key.Generations;
import dev.larder.response.State.Recording;
import dev.larder.singleflight.SingleFlight;
import dev.larder.singleflight.SingleFlight.Follower;
import dev.larder.singleflight.SingleFlight.Role;
import dev.larder.singleflight.SingleFlight.Runner;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Collapses concurrent misses of a key into one run of the method. */
final class MissCollapser {

    private final InstantSource clock;
    private final SingleFlight<SharedResponse> flights;

    MissCollapser(InstantSource clock, SingleFlight<SharedResponse> flights) {
        this.clock = clock;
        this.flights = flights;
    }

    /** Serves the response that another request has just recorded, or lets the method run. */
    void join(Exchange exchange, Lookup lookup) {
        StoredResponses responses = lookup.begin();
        // with the generation: a request after an invalidation gets no response from before it
        String key = responses.region().id() + generations(responses) + ' ' + responses.text();
        if (serve(exchange, flights.completed(key))) {
            return;
        }
        Reason mayNotStore = lookup.mayNotStore();
        if (mayNotStore == null && responses.generations() == null) {
            mayNotStore = Reason.BACKEND;
        }
        if (mayNotStore != null) {
            exchange.end(mayNotStore);
            return;
        }
        Role<SharedResponse> role = flights.join(key, responses.text(), lookup.completions(), timeout(exchange));
        if (role instanceof Follower<SharedResponse> follower
                && responses.mayBeCurrent() // not if it was invalidated while this request waited
                && serve(exchange, follower.value())) {
            exchange.markCollapsed();
            return;
        }
        Runner<SharedResponse> runner = role.runner();
        Recording recording =
                Recording.begin(responses, lookup.match().index(), lookup.key().type(), runner);
        exchange.record(recording);
        if (runner.isLookupOutdated()) {
            lookUpAgain(exchange, recording);
        }
    }

    private static String generations(StoredResponses responses) {
        Generations begun = responses.generations();
        return begun == null ? "" : responses.generation() + " " + begun.text();
    }

    /** A request with credentials does not wait: it could rarely use the response to another one. */
    private static Duration timeout(Exchange exchange) {
        CachedResource resource = exchange.resource();
        boolean alone =
                resource.rules().scope() == Scope.PUBLIC && exchange.request().isAuthenticated();
        return alone ? Duration.ZERO : resource.policy().lockTimeout();
    }

    private void lookUpAgain(Exchange exchange, Recording recording) {
        RequestFacts request = exchange.request();
        StoredResponses.Match match = recording.responses().find(request);
        StoredResponse response = match.response();
        if (response != null && exchange.serve(response, clock.millis())) {
            VaryMatch vary =
                    match.index() == null ? VaryMatch.NONE : match.index().vary();
            recording.runner().complete(SharedResponse.of(response, vary, request, match.generations()));
        } else {
            exchange.record(recording.with(match.index()));
        }
    }

    private boolean serve(Exchange exchange, @Nullable SharedResponse shared) {
        return shared != null
                && shared.isFor(exchange.request())
                && (shared.generations() == null || exchange.resource().region().mayBeCurrent(shared.generations()))
                && exchange.serve(shared.response(), clock.millis());
    }
}
