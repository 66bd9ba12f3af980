package dev.larder.examples.bookshop;

import dev.larder.Cache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The most sold books, on a backend of their own, so that other entries cannot evict them. */
@Path("bestsellers")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class BestsellerResource {

    @Inject
    Books books;

    /** Without a ttl, so that {@code caches.bestsellers.ttl} decides. */
    @GET
    @Cache(backend = "bestsellers")
    public List<Bestseller> top() {
        return books.mostSold(10);
    }
}
