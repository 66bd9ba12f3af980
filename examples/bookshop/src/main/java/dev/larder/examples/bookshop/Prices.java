package dev.larder.examples.bookshop;

import dev.larder.ICacheService;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** The nightly job: reduces the prices of the newest books. It serves no request, so it invalidates by the service. */
@Singleton
public class Prices {

    /** The tag of everything that shows the prices of many books: lists, debuts, statistics. */
    static final String TAG = "prices";

    @Inject
    Books books;

    @Inject
    ICacheService cache;

    /** The container refuses a scheduled method that returns something. */
    @Schedule(hour = "3", persistent = false)
    public void reduceByNight() {
        reduce();
    }

    /**
     * Runs at three o'clock, and when {@link SaleResource} calls it. The container begins a transaction; the invalidation
     * acts after its commit, and after a rollback not at all.
     *
     * @return how many books became cheaper
     */
    public int reduce() {
        List<Integer> changed = books.reduceNewest();
        cache.invalidate(Stream.concat(Stream.of(TAG), changed.stream().map(id -> "book:" + id))
                .toArray(String[]::new));
        return changed.size();
    }
}
