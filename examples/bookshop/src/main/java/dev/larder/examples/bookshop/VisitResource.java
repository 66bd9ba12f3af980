package dev.larder.examples.bookshop;

import dev.larder.CacheBackendException;
import dev.larder.ICacheService;
import dev.larder.NoSuchKeyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** A counter: on a shared store one number for all servers of the shop, without lost updates. */
@Path("visits")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class VisitResource {

    /** How many visits there were, this one included; -1 if the store fails. */
    public record Visits(long count) {}

    private static final String KEY = "visits";

    @Inject
    ICacheService cache;

    /** Counts a visit. A counter begins with a {@code set}; only the very first visit finds none. */
    @POST
    public Visits count() {
        try {
            return new Visits(cache.incr(KEY));
        } catch (NoSuchKeyException first) {
            cache.set(KEY, 1L, ICacheService.FOREVER);
            return new Visits(1);
        } catch (CacheBackendException broken) {
            // counters throw when the store fails: there is no number to return
            return new Visits(-1);
        }
    }
}
