package dev.larder.bench.hit;

import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Keeps copies in memory, written as for a store. */
@ApplicationScoped
public class Copies {

    @Produces
    CacheModule caches() {
        return CacheModule.setup(CacheSettings.local().option("isolation", "copy"));
    }
}
