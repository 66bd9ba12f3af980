package dev.larder.cdi;

import dev.larder.policy.CachePolicy;
import dev.larder.response.CachedResource;
import dev.larder.rest.EmptyAnswer;
import dev.larder.value.CachedValue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A method with {@code @Cache}, resolved at deployment. One that is switched off is cached in no way.
 *
 * @param policy what was asked for
 * @param resource how its response is cached, null if it is no resource method
 * @param empty the value that is returned on a hit in place of what the method returns
 * @param resumesInCall whether the method, when it last ran, resumed its suspended response before it returned
 * @param early whether a hit may be answered before its bean is made, see {@link EarlyAnswer}
 * @param value how its return value is cached when it is called as a method, null if that cannot be
 */
record ResolvedMethod(
        CachePolicy policy,
        @Nullable CachedResource resource,
        EmptyAnswer empty,
        AtomicBoolean resumesInCall,
        boolean early,
        @Nullable CachedValue value) {}
