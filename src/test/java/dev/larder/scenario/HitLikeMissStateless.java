package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** Part of {@link HitLikeMissApp}; WildFly takes no nested class as a session bean. */
@Path("cached/stateless")
@Stateless
@HitLikeMissApp.Surrounded
@Cache(ttl = 300)
public class HitLikeMissStateless extends HitLikeMissApp.Kinds {}
