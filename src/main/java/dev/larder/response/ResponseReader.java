package dev.larder.response;

import dev.larder.group.Group;
import dev.larder.http.CacheStatus.Forward;
import dev.larder.http.Reason;
import dev.larder.http.RequestCacheability;
import dev.larder.http.RequestFacts;
import dev.larder.key.UnpairedSurrogate;
import dev.larder.singleflight.SingleFlight;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/** Looks up the stored response of a request. */
final class ResponseReader {

    private final Supplier<String> application;
    private final InstantSource clock;
    private final SingleFlight<SharedResponse> flights;

    ResponseReader(Supplier<String> application, InstantSource clock, SingleFlight<SharedResponse> flights) {
        this.application = application;
        this.clock = clock;
        this.flights = flights;
    }

    /** Serves the stored response, notes a lookup that is no hit, or lets the request bypass the cache. */
    void lookUp(Exchange exchange, Supplier<Object[]> arguments) {
        CachedResource resource = exchange.resource();
        RequestFacts request = exchange.request();
        if (!resource.policy().active()) {
            exchange.bypass(Reason.NO_TTL);
            return;
        }
        RequestCacheability cacheability = RequestCacheability.of(resource.rules(), request);
        if (cacheability instanceof RequestCacheability.Bypass bypass) {
            exchange.bypass(bypass.reason());
            return;
        }
        ResourceKey key = ResourceKey.of(application.get(), resource, request, () -> exchange.context(arguments));
        if (key == null || UnpairedSurrogate.in(key.text()) != null) {
            exchange.bypass(Reason.NO_KEY);
            return;
        }
        Set<String> tags = exchange.tags(arguments);
        if (tags == null) {
            exchange.bypass(Reason.TAGS);
            return;
        }
        Group group = resource.generatedKey() == null
                ? resource.region().groupOfUri(application.get(), request.resource())
                : null;
        int completions = flights.completions(key.text());
        StoredResponses responses = new StoredResponses(
                resource.region(), key.text(), group, resource.region().groupsOf(tags));
        StoredResponses.Match match = responses.find(request);
        if (match.response() == null && match.index() != null) {
            exchange.forward(Forward.VARY_MISS);
        }
        if (!exchange.serve(match.response(), clock.millis())) {
            exchange.lookedUp(new Lookup(key, responses, match, completions, cacheability.reason()));
        }
    }
}
