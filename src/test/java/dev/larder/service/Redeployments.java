package dev.larder.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.testing.OneDeployment;
import dev.larder.testing.StoreServer;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is opened is closed: an application comes and goes, each time in a class loader of its own, clients included. */
@Isolated // it counts threads
public abstract class Redeployments {

    private static final int TIMES = 20;

    protected abstract String type();

    /** A server that nobody else uses. */
    protected abstract StoreServer startServer();

    @Test
    void twenty_redeployments_leave_no_thread_no_socket_and_no_class_loader() throws Exception {
        ExecutorService requests = Executors.newSingleThreadExecutor();
        try (StoreServer server = startServer()) {
            // as a server's thread, it is there before the first deployment and after the last
            requests.submit(() -> {}).get();
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            int connections = server.connections();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                loaders.add(comesAndGoes(server.address(), requests));
            }

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
                        // the tests' own
                        .filteredOn(thread -> !thread.getName().matches("(awaitility|ForkJoinPool-).*"))
                        .extracting(Thread::getName)
                        .isEmpty();
                assertThat(server.connections()).isLessThanOrEqualTo(connections);
                System.gc();
                // one may be held by what the JVM itself caches, depending on what ran before; never one for each
                assertThat(left(loaders)).isLessThanOrEqualTo(1);
            });
            System.out.printf(
                    "REDEPLOYED | %-10s | %d times | threads and connections left: 0, class loaders: %d%n",
                    type(), TIMES, left(loaders));
        } finally {
            requests.shutdown();
        }
    }

    private static long left(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private WeakReference<ClassLoader> comesAndGoes(String address, ExecutorService requests) throws Exception {
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(application);
            Runnable deployment = (Runnable) application
                    .loadClass(OneDeployment.class.getName())
                    .getConstructor(String.class, String.class)
                    .newInstance(type(), address);
            assertThat(deployment.getClass()).isNotEqualTo(OneDeployment.class);
            requests.submit(() -> {
                        Thread.currentThread().setContextClassLoader(application);
                        deployment.run();
                        Thread.currentThread().setContextClassLoader(mine);
                    })
                    .get();
            return new WeakReference<>(application);
        } finally {
            Thread.currentThread().setContextClassLoader(mine);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        return urls;
    }
}
