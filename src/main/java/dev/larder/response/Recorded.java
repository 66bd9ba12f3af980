package dev.larder.response;

import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.spi.Ttl;

/** A response that is complete, and can be stored. */
record Recorded(StoredResponse response, VaryMatch variants, Ttl ttl) {}
