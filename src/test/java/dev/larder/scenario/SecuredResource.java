package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
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

    /** Reads the entry of another resource, which is open to everybody. */
    @GET
    @Path("sharing")
    @RolesAllowed("reader")
    @Cache(ttl = 300, keyGenerator = OneKey.class)
    public String sharing() {
        return "secret " + Runs.of("secured-sharing");
    }

    /** All methods share one entry. */
    public static class OneKey implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "secured";
        }
    }
}
