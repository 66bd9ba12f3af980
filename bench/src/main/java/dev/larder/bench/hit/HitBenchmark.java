package dev.larder.bench.hit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.cdi.LarderExtension;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A hit on a cached method of a bean, against a bare interceptor of the same container and a bare Caffeine. Names are
 * {@code shape_of_the_arguments__who_answers}, which {@link HitTable} reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitBenchmark {

    // no compile-time constants, so that no argument is folded away
    private String author = "Austen, Jane";
    private long id = 4711;

    private final String noneKey = "books:v1:" + Books.Cached.class.getName() + ".none()";
    private final String textKey = "books:v1:" + Books.Cached.class.getName() + ".text(String)[" + author + "]";
    private final String numberAndTextKey = "books:v1:" + Books.Cached.class.getName() + ".numberAndText(long,String)["
            + id + "," + author + "]";

    private SeContainer container;
    private Books.Cached cached;
    private Books.Tagged tagged;
    private Books.Answered answered;
    private Books.Proceeding proceeding;
    private Cache<String, Object> caffeine;

    /** Starts the container, and fills the caches. */
    @Setup
    public void start() {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery() // also of extensions
                .addExtensions(LarderExtension.class)
                .addBeanClasses(
                        Books.Cached.class,
                        Books.Tagged.class,
                        Books.Answered.class,
                        Books.Proceeding.class,
                        Constant.Answers.class,
                        Proceed.Proceeds.class)
                .initialize();
        cached = container.select(Books.Cached.class).get();
        tagged = container.select(Books.Tagged.class).get();
        answered = container.select(Books.Answered.class).get();
        proceeding = container.select(Books.Proceeding.class).get();
        caffeine = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofHours(1))
                .build();
        for (String key : new String[] {noneKey, textKey, numberAndTextKey}) {
            caffeine.put(key, Constant.TEXT);
        }
        if (cached.none() != cached.none()
                || cached.text(author) != cached.text(author)
                || cached.numberAndText(id, author) != cached.numberAndText(id, author)
                || tagged.none() != tagged.none()
                || tagged.text(author) != tagged.text(author)
                || tagged.numberAndText(id, author) != tagged.numberAndText(id, author)) {
            throw new IllegalStateException("The second call of a cached method is no hit");
        }
    }

    /** Stops the container. */
    @TearDown
    public void stop() {
        container.close();
    }

    @Benchmark
    public Object none__larder() {
        return cached.none();
    }

    @Benchmark
    public Object none__tagged() {
        return tagged.none();
    }

    @Benchmark
    public Object none__answers() {
        return answered.none();
    }

    @Benchmark
    public Object none__proceeds() {
        return proceeding.none();
    }

    @Benchmark
    public Object none__caffeine() {
        return caffeine.getIfPresent(noneKey);
    }

    @Benchmark
    public Object text__larder() {
        return cached.text(author);
    }

    @Benchmark
    public Object text__tagged() {
        return tagged.text(author);
    }

    @Benchmark
    public Object text__answers() {
        return answered.text(author);
    }

    @Benchmark
    public Object text__proceeds() {
        return proceeding.text(author);
    }

    @Benchmark
    public Object text__caffeine() {
        return caffeine.getIfPresent(textKey);
    }

    @Benchmark
    public Object number_text__larder() {
        return cached.numberAndText(id, author);
    }

    @Benchmark
    public Object number_text__tagged() {
        return tagged.numberAndText(id, author);
    }

    @Benchmark
    public Object number_text__answers() {
        return answered.numberAndText(id, author);
    }

    @Benchmark
    public Object number_text__proceeds() {
        return proceeding.numberAndText(id, author);
    }

    @Benchmark
    public Object number_text__caffeine() {
        return caffeine.getIfPresent(numberAndTextKey);
    }
}
