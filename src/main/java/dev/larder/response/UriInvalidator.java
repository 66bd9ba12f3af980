package dev.larder.response;

import dev.larder.group.Group;
import dev.larder.http.CacheGroups;
import dev.larder.http.Fields;
import dev.larder.http.Invalidation;
import dev.larder.http.RequestFacts;
import dev.larder.service.Region;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Invalidates the stored responses of the URIs that an unsafe method may have changed, and the tags that its response names. */
final class UriInvalidator {

    private static final System.Logger LOG = System.getLogger("dev.larder.response");

    private final Supplier<String> application;
    private final BiConsumer<Set<String>, Set<URI>> tags;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();

    UriInvalidator(Supplier<String> application, BiConsumer<Set<String>, Set<URI>> tags) {
        this.application = application;
        this.tags = tags;
    }

    void register(Region region) {
        regions.put(region.id(), region);
    }

    void invalidate(RequestFacts request, int status, Fields fields) {
        Set<String> uris = Invalidation.resources(request, status, fields);
        if (uris.isEmpty()) {
            return;
        }
        Set<String> failedBackends = new HashSet<>();
        for (Region region : regions.values()) {
            for (String uri : uris) {
                try {
                    region.events().invalidated();
                    invalidate(region, uri, failedBackends);
                } catch (RuntimeException | LinkageError e) {
                    LOG.log(System.Logger.Level.WARNING, "What " + request + " changed may be served as it was", e);
                }
            }
        }
        try {
            tags.accept(CacheGroups.invalidatedBy(fields), parsed(uris));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "What " + request + " changed may be served as it was", e);
        }
    }

    private static Set<URI> parsed(Set<String> uris) {
        Set<URI> parsed = new LinkedHashSet<>();
        for (String uri : uris) {
            try {
                parsed.add(new URI(uri));
            } catch (URISyntaxException e) {
                LOG.log(System.Logger.Level.DEBUG, "Not reported as invalidated, since it is no URI", e);
            }
        }
        return parsed;
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
