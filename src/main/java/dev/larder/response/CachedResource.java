package dev.larder.response;

import dev.larder.http.CachingRules;
import dev.larder.policy.CachedMethod;
import dev.larder.policy.GeneratedKey;
import dev.larder.service.Region;
import org.jspecify.annotations.Nullable;

/**
 * A resource method whose responses are cached: what was asked for, resolved at deployment.
 *
 * @param method what annotation and configuration say
 * @param rules the same for the rules of HTTP
 * @param region where its responses are stored
 * @param generatedKey makes the key; null for the URI
 * @param keyRoot what the default key begins with
 * @param negotiated whether the method can produce several media types, so that Accept is part of the key
 */
public record CachedResource(
        CachedMethod method,
        CachingRules rules,
        Region region,
        @Nullable GeneratedKey generatedKey,
        String keyRoot,
        boolean negotiated) {}
