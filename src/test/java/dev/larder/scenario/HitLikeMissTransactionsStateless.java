package dev.larder.scenario;

import dev.larder.Cache;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** Part of {@link HitLikeMissTransactionsApp}: in a transaction as each session bean; WildFly takes no nested class as one. */
@Path("cached/stateless-transaction")
@Stateless
@HitLikeMissTransactionsApp.Spoiled
@Cache(ttl = 300)
public class HitLikeMissTransactionsStateless extends HitLikeMissTransactionsApp.Kinds {}
