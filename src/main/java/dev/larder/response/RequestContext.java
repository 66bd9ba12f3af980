package dev.larder.response;

import dev.larder.CacheKeyContext;
import dev.larder.policy.MethodTags;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's data on a request. */
@FunctionalInterface
public interface RequestContext {

    /** What a key generator gets, given the source of the method's arguments. */
    CacheKeyContext forKey(Supplier<Object[]> arguments);

    /** The tags of the response, given the source of the method's arguments; null if they cannot be evaluated. */
    default @Nullable Set<String> tags(MethodTags tags, Supplier<Object[]> arguments) {
        return tags.of(arguments, Map.of(), Map.of());
    }
}
