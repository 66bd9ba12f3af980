package dev.larder.testing;

import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.service.Backends;
import dev.larder.spi.CacheBackendFactory;
import dev.larder.statistics.CacheEvents;
import java.util.Map;
import java.util.ServiceLoader;

/** What an application does with a store between its deployment and its undeployment, in a class loader of its own. */
public final class OneDeployment implements Runnable {

    private final String type;
    private final String address;

    public OneDeployment(String type, String address) {
        this.type = type;
        this.address = address;
    }

    @Override
    public void run() {
        CacheSettings settings =
                CacheSettings.of(type).servers(address).keyPrefix("redeployed").option("timeout", "PT3S");
        CacheBackendFactory factory =
                ServiceLoader.load(CacheBackendFactory.class, getClass().getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(any -> any.type().equals(type))
                        .findFirst()
                        .orElseThrow();
        ValueCodec codec = new ValueCodec(() -> {
            throw new IllegalStateException("nothing here is JSON");
        });
        try (Backends backends = new Backends(
                Map.of("default", settings), factory::create, codec, System::nanoTime, any -> CacheEvents.NONE)) {
            ICacheService cache = backends.service();
            is(cache.set("k", "value") && cache.get("k", String.class).isPresent());
            is(cache.set("n", 1) && cache.incr("n") == 2);
            is(cache.setAsync("k", "value").toCompletableFuture().join());
            is(cache.getAsync("k", String.class)
                    .thenApply(read -> read.orElse("").equals("value"))
                    .toCompletableFuture()
                    .join());
            is(cache.deleteAsync("k").toCompletableFuture().join());
        }
    }

    private static void is(boolean expected) {
        if (!expected) {
            throw new IllegalStateException("The store does not answer as expected");
        }
    }
}
