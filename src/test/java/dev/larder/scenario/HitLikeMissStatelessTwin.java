package dev.larder.scenario;

import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** Part of {@link HitLikeMissApp}: {@link HitLikeMissStateless} without the cache. */
@Path("direct/stateless")
@Stateless
@HitLikeMissApp.Surrounded
public class HitLikeMissStatelessTwin extends HitLikeMissApp.Kinds {}
