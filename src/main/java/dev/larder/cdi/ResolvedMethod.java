package dev.larder.cdi;

import dev.larder.policy.CachePolicy;
import dev.larder.response.CachedResource;
import dev.larder.rest.Placeholder;
import dev.larder.value.CachedValue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A method with {@code @Cache}, resolved at deployment. If it is switched off, neither its response nor its value is
 * cached.
 *
 * @param policy the merged annotation and configuration
 * @param resource how its response is cached; null if it is no resource method
 * @param placeholder what a hit returns in place of the method
 * @param resumesInCall whether the method, when it last ran, resumed its suspended response before it returned
 * @param early whether a filter may serve a hit before the bean is created, see {@link EarlyHit}
 * @param value how its return value is cached if a bean calls it; null if it is not
 */
record ResolvedMethod(
        CachePolicy policy,
        @Nullable CachedResource resource,
        Placeholder placeholder,
        AtomicBoolean resumesInCall,
        boolean early,
        @Nullable CachedValue value) {}
