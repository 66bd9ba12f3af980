package dev.larder.bench.app;

import dev.larder.Cache;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The list, from the cache, with two tags. */
@Path("tagged")
public class TaggedBooks {

    @GET
    @Cache(
            ttl = 3600,
            tags = {"books", "list"})
    @Produces(MediaType.APPLICATION_JSON)
    public List<Book> list() {
        return Book.ALL;
    }
}
