package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Part of {@link ResourceKindsApp}; WildFly takes no nested class as a session bean. */
@Path("stateless")
@Stateless
@Produces("text/plain")
public class StatelessResource {
    @GET
    @Cache(ttl = 300)
    public String get() {
        return "stateless " + Runs.of("stateless");
    }
}
