package dev.larder.scenario;

import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** Part of {@link HitLikeMissTransactionsApp}: {@link HitLikeMissTransactionsStateless} without the cache. */
@Path("direct/stateless-transaction")
@Stateless
@HitLikeMissTransactionsApp.Spoiled
public class HitLikeMissTransactionsStatelessTwin extends HitLikeMissTransactionsApp.Kinds {}
