package dev.larder.cdi;

import dev.larder.response.CachedResource;
import dev.larder.rest.BodyInterceptor;
import dev.larder.rest.CaptureFilter;
import dev.larder.rest.EntityFilter;
import dev.larder.rest.HeadFilter;
import dev.larder.rest.RequestNote;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;

/** Binds the filters to the resource methods whose responses are cached. Found by {@code META-INF/services}. */
public class CacheFeature implements DynamicFeature {

    private static final int LAST = Integer.MAX_VALUE;
    private static final int FIRST = Integer.MIN_VALUE;

    /** For the server. */
    public CacheFeature() {}

    @Override
    public void configure(ResourceInfo info, FeatureContext context) {
        if (context.getConfiguration().isRegistered(CaptureFilter.class)) {
            return;
        }
        Larder larder = CDI.current()
                .getBeanManager()
                .getExtension(LarderExtension.class)
                .larder();
        Class<?> type = info.getResourceClass();
        CachedResource resource = larder.resource(type, info.getResourceMethod());
        if (resource == null) {
            if (larder.generatesKeysOfMethods()) {
                context.register(new RequestNote(larder::noted), LAST);
            }
            return;
        }
        boolean bean = larder.isBean(type);
        context.register(
                new CaptureFilter(
                        resource, larder.responses(), larder::captured, request -> bean && !isPlain(type, request)),
                LAST);
        // response filters run in the opposite order: the greatest priority first
        context.register(new HeadFilter(), LAST);
        context.register(new EntityFilter(), FIRST);
        context.register(new BodyInterceptor(), LAST);
    }

    /** Whether the instance is the application's own, as a sub-resource locator may return, and not the container's. */
    private static boolean isPlain(Class<?> type, ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        return matched != null
                && matched.size() > 1
                && matched.get(0) != null
                && matched.get(0).getClass() == type;
    }
}
