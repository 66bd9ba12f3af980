package dev.larder.examples.bookshop;

import dev.larder.Cache;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whose first book appeared in a year: a slow, asynchronous query, cached when it has completed. */
@Path("debuts")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class DebutResource {

    @Inject
    Books books;

    @Resource
    ManagedExecutorService executor;

    /** A hit needs no thread of the executor. Callers that arrive while the query runs wait for its result. */
    @GET
    @Cache(ttl = 600, tags = Prices.TAG)
    public CompletionStage<List<Book>> debuts(@QueryParam("year") @DefaultValue("2025") int year) {
        return CompletableFuture.supplyAsync(() -> books.debuts(year), executor);
    }
}
