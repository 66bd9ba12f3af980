package dev.larder.value;

import dev.larder.group.TagGroups;
import dev.larder.key.StoreKey;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.GeneratedKey;
import dev.larder.reflect.ResolvedType;
import dev.larder.service.LiveValue;
import dev.larder.service.Region;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A method whose return value is cached, resolved at deployment.
 *
 * @param policy the merged annotation and configuration
 * @param region where its values are stored
 * @param generatedKey generates the key; null for class, method and arguments
 * @param shape how it returns its value
 * @param keyRoot what the default key begins with
 * @param parameters the declared types of its parameters
 * @param latest the keys and tags of its latest calls
 * @param ttl how long a value lives; null if nothing is to be stored
 * @param events receives the events of the method, and of its backend
 */
public record CachedValue(
        CachePolicy policy,
        Region region,
        @Nullable GeneratedKey generatedKey,
        ReturnShape shape,
        String keyRoot,
        List<Type> parameters,
        LatestCalls latest,
        @Nullable Ttl ttl,
        CacheEvents events) {

    /** Resolves a method. */
    public static CachedValue of(
            CachePolicy method, Region region, @Nullable GeneratedKey generatedKey, CacheEvents events) {
        Method java = method.method();
        return new CachedValue(
                method,
                region,
                generatedKey,
                ReturnShape.of(java, method.beanClass()),
                method.keyRoot(),
                Arrays.stream(java.getGenericParameterTypes())
                        .map(type -> ResolvedType.of(type, method.beanClass()))
                        .toList(),
                new LatestCalls(),
                method.active() ? new Ttl(method.ttl()) : null,
                events);
    }

    /** The tags of a call; null if they cannot be evaluated. */
    @Nullable
    TagGroups tags(Object[] arguments) {
        Set<String> names = policy.tags().of(arguments, Map.of(), Map.of());
        return names == null ? null : region.groupsOf(names);
    }

    /** The stored value under a key, with the generations of its tags. */
    LiveValue<Object> read(StoreKey key, TagGroups tags) {
        return tags.isEmpty()
                ? new LiveValue<>(region.get(key, shape.valueType()), Map.of(), 0, null)
                : region.get(key, shape.valueType(), tags);
    }
}
