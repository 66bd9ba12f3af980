package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ejb.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Part of {@link ResourceKindsApp}; WildFly takes no nested class as a session bean. */
@Path("singleton")
@Singleton
@Produces("text/plain")
public class SingletonResource {
    @GET
    @Cache(ttl = 300)
    public String get() {
        return "singleton " + Runs.of("singleton");
    }
}
