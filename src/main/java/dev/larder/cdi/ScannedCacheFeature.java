package dev.larder.cdi;

import dev.larder.rest.CacheFilters;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * {@link CacheFeature} for servers that find providers only by scanning. CXF (TomEE) calls no {@code DynamicFeature} for
 * the methods of sub-resources: there the filters are bound to no method, and look up the method of each request.
 */
@Provider
@Priority(Integer.MIN_VALUE)
public class ScannedCacheFeature extends CacheFeature implements Feature {

    private volatile boolean unbound;

    @Override
    public boolean configure(FeatureContext context) {
        if (!context.getClass().getName().startsWith("org.apache.cxf.")) {
            return false;
        }
        Deployment deployment = RunningDeployments.ofContainer();
        deployment.methods().markFiltersUnbound();
        // CXF calls no feature as a filter, so this registers that filter, too
        CacheFilters.registerUnbound(this::capture, deployment.invalidation(), context);
        unbound = true;
        return true;
    }

    @Override
    public void configure(ResourceInfo info, FeatureContext context) {
        if (unbound) {
            // resolves the method now, so that a problem fails the deployment and not a request
            RunningDeployments.ofContainer().resource(info.getResourceClass(), info.getResourceMethod());
        } else {
            super.configure(info, context);
        }
    }
}
