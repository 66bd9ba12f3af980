package dev.larder.bench.footprint;

import dev.larder.ICacheService;
import dev.larder.bench.server.Libraries;
import dev.larder.cdi.LarderExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;

/** The heap of 10 000 entries of 1 KiB in {@code local}, and the bytes of the jar. */
public final class Size {

    private static final int ENTRIES = 10_000;
    private static final int BYTES = 1024;
    private static final int COLLECTIONS = 4;

    private Size() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery() // also of extensions
                .addExtensions(LarderExtension.class)
                .addBeanClasses(Size.class)
                .initialize()) {
            ICacheService service = container.select(ICacheService.class).get();
            fill(service, 1); // loads what there is to load
            long before = used();
            fill(service, ENTRIES);
            long heap = used() - before;
            for (int i = 0; i < ENTRIES; i++) {
                if (!service.hasKey(key(i))) {
                    throw new IllegalStateException("Entry " + i + " is gone: this is not the heap of all of them");
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "  heap of %,d entries of 1 KiB in local: %.2f MiB, %d bytes an entry beside its value (to reach: 20 MiB)%n",
                    ENTRIES,
                    heap / 1024.0 / 1024,
                    heap / ENTRIES - BYTES);
        }
        System.out.printf(
                Locale.ROOT, "  jar: %.1f KB (to reach: 250 KB)%n", Files.size(Libraries.JAR) / 1000.0);
    }

    private static void fill(ICacheService service, int entries) {
        for (int i = 0; i < entries; i++) {
            service.set(key(i), new byte[BYTES], Duration.ofHours(1));
        }
    }

    private static String key(int number) {
        return "book:" + (1_000_000 + number);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
