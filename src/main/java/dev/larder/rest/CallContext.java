package dev.larder.rest;

import dev.larder.CacheKeyContext;
import dev.larder.policy.MethodTags;
import dev.larder.response.CachedResource;
import dev.larder.response.RequestContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's data on a request to a cached resource method. */
record CallContext(CachedResource resource, ContainerRequestContext request) implements RequestContext {

    @Override
    public CacheKeyContext forKey(Supplier<Object[]> arguments) {
        return new CallKeyContext(resource.policy(), request, arguments);
    }

    @Override
    public @Nullable Set<String> tags(MethodTags tags, Supplier<Object[]> arguments) {
        UriInfo uri = request.getUriInfo();
        return tags.of(arguments, uri.getPathParameters(), uri.getQueryParameters());
    }
}
