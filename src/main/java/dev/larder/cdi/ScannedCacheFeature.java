package dev.larder.cdi;

import dev.larder.rest.InvalidationFilter;
import dev.larder.rest.UnboundCapture;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * {@link CacheFeature} for servers that find providers by scanning only. CXF (TomEE) asks no {@code DynamicFeature} about
 * the methods of sub-resources: there the filters are bound to no method, and look at each request's.
 */
@Provider
@Priority(Integer.MIN_VALUE)
public class ScannedCacheFeature extends CacheFeature implements Feature {

    private volatile boolean unbound;

    /** For the server. */
    public ScannedCacheFeature() {}

    @Override
    public boolean configure(FeatureContext context) {
        if (!context.getClass().getName().startsWith("org.apache.cxf.")) {
            return false;
        }
        Deployment larder = larder();
        larder.seesEveryRequest();
        UnboundCapture capture = new UnboundCapture(this::capture);
        registerServletCapture(context);
        register(capture, context);
        // CXF does not take a feature for a filter
        context.register(new InvalidationFilter(larder.responses()), Integer.MIN_VALUE);
        unbound = true;
        return true;
    }

    @Override
    public void configure(ResourceInfo info, FeatureContext context) {
        if (unbound) {
            larder().resource(info.getResourceClass(), info.getResourceMethod()); // complains while it deploys
        } else {
            super.configure(info, context);
        }
    }
}
