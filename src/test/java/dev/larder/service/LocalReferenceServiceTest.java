package dev.larder.service;

import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.spi.CacheBackend;

class LocalReferenceServiceTest extends ICacheServiceContract {

    @Override
    CacheBackend backend(String name, CacheSettings settings) {
        return new LocalBackendFactory(nanos::get).create(name, settings.option("max-bytes", "100000"));
    }

    @Override
    boolean copies() {
        return false;
    }
}
