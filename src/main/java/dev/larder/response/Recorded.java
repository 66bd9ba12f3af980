package dev.larder.response;

import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.spi.Ttl;
import java.util.Set;

/**
 * A response that is complete, and can be stored.
 *
 * @param groups the tags that it names itself
 */
record Recorded(StoredResponse response, VaryMatch variants, Ttl ttl, Set<String> groups) {}
