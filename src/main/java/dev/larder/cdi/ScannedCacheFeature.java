package dev.larder.cdi;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;

/** {@link CacheFeature} for servers that find providers by scanning only. */
@Provider
@Priority(Integer.MIN_VALUE)
public class ScannedCacheFeature extends CacheFeature {

    /** For the server. */
    public ScannedCacheFeature() {}
}
