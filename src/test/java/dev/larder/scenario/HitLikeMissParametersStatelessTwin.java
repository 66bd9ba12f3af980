package dev.larder.scenario;

import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** Part of {@link HitLikeMissValidationApp}; WildFly takes no nested class as a session bean. */
@Path("direct/stateless-parameters")
@Stateless
public class HitLikeMissParametersStatelessTwin extends HitLikeMissValidationApp.Parameters {}
