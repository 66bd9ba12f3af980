package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Part of {@link RulesApp}; WildFly takes no nested class as a session bean. */
@Path("secured")
@Stateless
@DeclareRoles("reader")
@Produces("text/plain")
public class SecuredResource {
    @GET
    @RolesAllowed("reader")
    @Cache(ttl = 300)
    public String get() {
        return "secret " + Runs.of("secured");
    }
}
