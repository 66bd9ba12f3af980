package dev.larder.examples.bookshop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Runs the nightly job by day, so that its effect can be seen. */
@Path("sale")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class SaleResource {

    /** How many books became cheaper. */
    public record Sale(int books) {}

    @Inject
    Prices prices;

    /** When this returns, no list, no book and no statistics show an old price. */
    @POST
    public Sale begin() {
        return new Sale(prices.reduce());
    }
}
