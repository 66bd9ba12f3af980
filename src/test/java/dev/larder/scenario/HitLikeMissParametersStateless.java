package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** Part of {@link HitLikeMissValidationApp}; WildFly takes no nested class as a session bean. */
@Path("cached/stateless-parameters")
@Stateless
@Cache(ttl = 300)
public class HitLikeMissParametersStateless extends HitLikeMissValidationApp.Parameters {}
