package dev.larder.cdi;

import jakarta.ws.rs.ext.Provider;

/** {@link CacheFeature} for servers that find providers by scanning only. */
@Provider
public class ScannedCacheFeature extends CacheFeature {

    /** For the server. */
    public ScannedCacheFeature() {}
}
