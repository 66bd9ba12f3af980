package dev.larder.bench.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The bytes of the list, written once: what no cache can be faster than. */
@Path("bytes")
public class ConstantBytes {

    private static final byte[] BYTES = JsonbBuilder.create().toJson(Book.ALL).getBytes(UTF_8);

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] list() {
        return BYTES;
    }
}
