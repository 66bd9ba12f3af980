package dev.larder.bench.app;

import dev.larder.Cache;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The list, from the cache, which answers in the interceptor of the bean. */
@Path("bean-cached")
@RequestScoped
public class CachedListing implements Listing {

    @Override
    @GET
    @Cache(ttl = 3600)
    @Produces(MediaType.APPLICATION_JSON)
    public List<Book> list() {
        return Book.ALL;
    }
}
