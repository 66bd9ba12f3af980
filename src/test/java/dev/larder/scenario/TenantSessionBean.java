package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** A session bean of {@link ParametersIT}, which WildFly wants at the top level. */
@Path("session-bean")
@Stateless
@Produces("text/plain")
public class TenantSessionBean {

    @GET
    @Cache(ttl = 600)
    public String get(@HeaderParam("X-Tenant") String tenant) {
        return ParametersApp.seen("session-bean", tenant);
    }
}
