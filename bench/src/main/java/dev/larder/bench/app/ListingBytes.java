package dev.larder.bench.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** A bean of the request like {@link CachedListing}, which returns the bytes of the list, written once. */
@Path("bean-bytes")
@RequestScoped
public class ListingBytes implements Listing {

    private static final byte[] BYTES = new ConstantBytes().list();

    /** The bytes. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] bytes() {
        return BYTES;
    }

    @Override
    public List<Book> list() {
        return Book.ALL;
    }
}
