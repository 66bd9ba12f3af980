package dev.larder.response;

import dev.larder.http.CachingRules;
import dev.larder.http.VaryMatch;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.GeneratedKey;
import dev.larder.service.Region;
import dev.larder.statistics.CacheEvents;
import org.jspecify.annotations.Nullable;

/**
 * A resource method whose responses are cached, resolved at deployment.
 *
 * @param policy the merged annotation and configuration
 * @param rules the same, for the rules of HTTP
 * @param region where its responses are stored
 * @param generatedKey generates the key; null for the URI
 * @param keyRoot what the default key begins with
 * @param negotiation how the key distinguishes the media types that the method can produce; null for one type only
 * @param variedBy the request fields that the annotation names
 * @param readsBody whether the method receives the body of the request
 * @param events receives the events of the method, and of its backend
 */
public record CachedResource(
        CachePolicy policy,
        CachingRules rules,
        Region region,
        @Nullable GeneratedKey generatedKey,
        String keyRoot,
        @Nullable Negotiation negotiation,
        VaryMatch variedBy,
        boolean readsBody,
        CacheEvents events) {

    // equals and hashCode by hand, here and in every record that is compared: up to Java 17 what the JDK links for a
    // record keeps the class loader of the last one that was linked (JDK-8078641), so an undeployed application's

    /** There is one of each resource method. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Whether a response is of the media type in its key. */
    boolean isOfType(@Nullable String inKey, @Nullable String contentType) {
        return negotiation == null || inKey == null || negotiation.isOfType(inKey, contentType);
    }

    /**
     * The request fields that select among the variants under one key: those of the response's Vary and, since a generated
     * key is the whole key, those that a default key would have.
     */
    VaryMatch variants(VaryMatch said) {
        return generatedKey == null ? said : said.joined(VaryMatch.of(rules.keyedBy()));
    }
}
