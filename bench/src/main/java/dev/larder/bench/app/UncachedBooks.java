package dev.larder.bench.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The list, serialised each time. */
@Path("uncached")
public class UncachedBooks {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<Book> list() {
        return Book.ALL;
    }
}
