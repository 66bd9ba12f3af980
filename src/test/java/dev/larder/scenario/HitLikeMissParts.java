package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/** Part of the application under test of {@link HitLikeMissAnswersIT}, where the server has Jakarta REST 3.1. */
@Path("cached/parts")
@RequestScoped
@Produces(MediaType.MULTIPART_FORM_DATA)
@Cache(ttl = 300)
public class HitLikeMissParts {

    @GET
    @Path("list")
    public List<EntityPart> list() throws IOException {
        return List.of(
                EntityPart.withName("title").content("Emma").build(),
                EntityPart.withName("price").content("5000").build());
    }

    @GET
    @Path("response")
    public Response response() throws IOException {
        return Response.ok(new GenericEntity<>(list()) {}).build();
    }
}
