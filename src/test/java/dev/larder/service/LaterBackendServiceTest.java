package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Over a backend whose client answers on its own thread. */
class LaterBackendServiceTest extends ICacheServiceContract {

    @Override
    CacheBackend backend(String name, CacheSettings settings) {
        return new LaterBackend(new MapBackend(() -> nanos.get() - Long.MAX_VALUE / 2));
    }

    @Override
    boolean copies() {
        return true;
    }

    @Test
    void what_follows_runs_on_a_thread_of_larder_with_the_applications_class_loader() throws Exception {
        close();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(application);
            open();
            Thread.currentThread().setContextClassLoader(before);
            for (int i = 0; i < 100; i++) {
                CompletableFuture<String> where = new CompletableFuture<>();
                cache.getAsync("k", String.class)
                        .thenRun(() -> where.complete(Thread.currentThread().getName() + " "
                                + (Thread.currentThread().getContextClassLoader() == application)));
                // the stage may have ended before what follows was known: then it runs here
                assertThat(where.join())
                        .matches(name -> name.matches("larder-async-\\d+ true")
                                || name.startsWith(Thread.currentThread().getName()));
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
