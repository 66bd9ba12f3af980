package dev.larder.method;

import dev.larder.key.StoreKey;
import dev.larder.policy.CachedMethod;
import dev.larder.policy.GeneratedKey;
import dev.larder.service.Region;
import dev.larder.spi.Ttl;
import org.jspecify.annotations.Nullable;

/**
 * A method whose return value is cached: what was asked for, resolved at deployment.
 *
 * @param method what annotation and configuration say
 * @param region where its values are stored
 * @param generatedKey makes the key; null for class, method and arguments
 * @param shape how it hands out its value
 * @param keyRoot what the default key begins with
 * @param onlyKey the key of a method without parameters, else null
 * @param keys the keys of its latest calls
 * @param ttl how long a value lives; null if nothing is to be stored
 */
public record CachedValue(
        CachedMethod method,
        Region region,
        @Nullable GeneratedKey generatedKey,
        ReturnShape shape,
        String keyRoot,
        @Nullable StoreKey onlyKey,
        KeyMemo keys,
        @Nullable Ttl ttl) {

    /** Resolves a method. */
    public static CachedValue of(CachedMethod method, Region region, @Nullable GeneratedKey generatedKey) {
        String root = method.keyRoot();
        boolean constant = generatedKey == null && method.method().getParameterCount() == 0;
        return new CachedValue(
                method,
                region,
                generatedKey,
                ReturnShape.of(method.method().getGenericReturnType()),
                root,
                constant ? region.key(root) : null,
                new KeyMemo(),
                method.active() ? new Ttl(method.ttl()) : null);
    }
}
