package dev.larder.response;

import dev.larder.group.Group;
import dev.larder.http.Fields;
import dev.larder.http.Invalidation;
import dev.larder.http.RequestFacts;
import dev.larder.service.Region;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Invalidates the stored responses of the URIs that an unsafe method may have changed. */
final class UriInvalidator {

    private static final System.Logger LOG = System.getLogger("dev.larder.response");

    private final Supplier<String> application;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();

    UriInvalidator(Supplier<String> application) {
        this.application = application;
    }

    void register(Region region) {
        regions.put(region.id(), region);
    }

    /** Returns the URIs that it invalidated. */
    Set<String> invalidate(RequestFacts request, int status, Fields fields) {
        Set<String> uris = Invalidation.resources(request, status, fields);
        Set<String> failedBackends = new HashSet<>();
        for (Region region : regions.values()) {
            for (String uri : uris) {
                try {
                    invalidate(region, uri, failedBackends);
                } catch (RuntimeException | LinkageError e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Old responses may still be served after " + request + " changed their data",
                            e);
                }
            }
        }
        return uris;
    }

    /** A backend that fails is called once. */
    private void invalidate(Region region, String uri, Set<String> failedBackends) {
        Group group = region.groupOfUri(application.get(), uri);
        if (failedBackends.contains(region.backend())) {
            group.invalidateHere();
        } else if (!group.invalidate()) {
            failedBackends.add(region.backend());
        }
    }
}
