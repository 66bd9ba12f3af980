package dev.larder.bench.hit;

import dev.larder.ICacheService;
import dev.larder.cdi.LarderExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code set} where bytes are kept, of a small record, of a list of 10 KiB of them, and of one of a class that is read back
 * each time. Run by {@code org.openjdk.jmh.Main SetBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class SetBenchmark {

    /** A small record of scalars. */
    public record Row(long id, String title, int pages, boolean sold, LocalDate published) {}

    /** A class with a property, as JSON-B knows them. */
    public static class Bean {
        private String title = "";

        public String getTitle() {
            return title;
        }

        public void setTitle(String title) {
            this.title = title;
        }
    }

    private final Row row = new Row(4711, "Pride and Prejudice", 432, true, LocalDate.of(1813, 1, 28));
    private final List<Row> rows = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Bean> beans = new ArrayList<>();

    private SeContainer container;
    private ICacheService cache;

    /** Starts the container. */
    @Setup
    public void start() {
        for (int i = 0; i < 120; i++) {
            rows.add(new Row(i, "Pride and Prejudice " + i, i, i % 2 == 0, row.published()));
            Bean bean = new Bean();
            bean.setTitle("Pride and Prejudice, Sense and Sensibility, Mansfield Park, Emma " + i);
            beans.add(bean);
            texts.add(bean.getTitle() + " and Persuasion");
        }
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(LarderExtension.class)
                .addBeanClasses(Copies.class)
                .initialize();
        cache = container.select(ICacheService.class).get();
        Object read = cache.set("row", row) ? cache.get("row", Row.class).orElseThrow() : null;
        if (!row.equals(read) || row == read) {
            throw new IllegalStateException("No copy is kept");
        }
    }

    /** Stops the container. */
    @TearDown
    public void stop() {
        container.close();
    }

    @Benchmark
    public boolean record() {
        return cache.set("row", row);
    }

    @Benchmark
    public boolean listOfRecords() {
        return cache.set("rows", rows);
    }

    @Benchmark
    public boolean listOfTexts() {
        return cache.set("texts", texts);
    }

    @Benchmark
    public boolean listOfBeans() {
        return cache.set("beans", beans);
    }
}
