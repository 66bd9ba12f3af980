package dev.larder.examples.bookshop;

import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;

/** A value that the code caches itself: read, computed if it is missing, stored for the next caller. */
@Path("statistics")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {

    /** Deleted when a price changes. */
    static final String KEY = "statistics";

    @Inject
    Books books;

    @Inject
    ICacheService cache;

    /** The value is cached, not the response, so there is no {@code Age}: {@code computed} shows the time. */
    @GET
    public Statistics statistics() {
        return cache.get(KEY, Statistics.class).orElseGet(this::compute);
    }

    private Statistics compute() {
        Statistics computed = books.statistics();
        cache.set(KEY, computed, Duration.ofMinutes(10));
        return computed;
    }
}
