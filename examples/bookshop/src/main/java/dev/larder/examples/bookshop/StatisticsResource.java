package dev.larder.examples.bookshop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Figures about the whole shop. */
@Path("statistics")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {

    @Inject
    Books books;

    /** The value is cached, not the response, so there is no {@code Age}: {@code computed} shows the time. */
    @GET
    public Statistics statistics() {
        return books.statistics();
    }
}
