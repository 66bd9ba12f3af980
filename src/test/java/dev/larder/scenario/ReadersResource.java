package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheScope;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** Part of {@link SignedInApp}, guarded by its annotation; WildFly takes no nested class as a session bean. */
@Path("readers")
@Stateless
@DeclareRoles("reader")
@RolesAllowed("reader")
@Produces("text/plain")
public class ReadersResource {

    @GET
    @Path("default")
    @Cache(ttl = 300)
    public String byDefault(@Context SecurityContext caller) {
        return SignedInApp.answer(caller);
    }

    @GET
    @Path("user")
    @Cache(ttl = 300, scope = CacheScope.USER)
    public String ofUser(@Context SecurityContext caller) {
        return SignedInApp.answer(caller);
    }

    @GET
    @Path("authenticated")
    @Cache(ttl = 300, scope = CacheScope.AUTHENTICATED)
    public String ofAuthenticated(@Context SecurityContext caller) {
        return SignedInApp.answer(caller);
    }

    @GET
    @Path("public")
    @Cache(ttl = 300)
    public Response saidToBePublic(@Context SecurityContext caller) {
        return SignedInApp.publicAnswer(caller);
    }
}
