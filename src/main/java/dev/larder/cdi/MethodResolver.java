package dev.larder.cdi;

import dev.larder.CacheKeyGenerator;
import dev.larder.http.CachingRules;
import dev.larder.http.VaryMatch;
import dev.larder.metrics.Metrics;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.DeclaredParameters;
import dev.larder.policy.GeneratedKey;
import dev.larder.response.CachedResource;
import dev.larder.response.Negotiation;
import dev.larder.rest.Placeholder;
import dev.larder.rest.ResourceMethods;
import dev.larder.rest.ResourceParameters;
import dev.larder.service.Backends;
import dev.larder.service.Region;
import dev.larder.statistics.CacheEvents;
import dev.larder.statistics.Counts;
import dev.larder.statistics.Statistics;
import dev.larder.value.CachedValue;
import dev.larder.value.DeclaredValue;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Resolves the policy of a method: its backend, its key, and how its response or its value is cached. */
final class MethodResolver {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Beans beans;
    private final Backends backends;
    private final Metrics metrics;

    MethodResolver(Beans beans, Backends backends, Metrics metrics) {
        this.beans = beans;
        this.backends = backends;
        this.metrics = metrics;
    }

    /** Resolves the methods of one class; without {@code earlyHit}, no filter serves a hit before the method is called. */
    List<ResolvedMethod> resolve(List<CachePolicy> policies, @Nullable EarlyHit earlyHit) {
        return policies.stream().map(policy -> resolve(policy, earlyHit)).toList();
    }

    private ResolvedMethod resolve(CachePolicy policy, @Nullable EarlyHit earlyHit) {
        Placeholder placeholder = Placeholder.of(policy.beanClass(), policy.method());
        AtomicBoolean resumesInCall = new AtomicBoolean();
        if (!policy.active()) {
            return new ResolvedMethod(policy, null, placeholder, resumesInCall, false, null);
        }
        Region region = backends.region(policy.backend(), policy.version());
        GeneratedKey generated =
                policy.defaultKey() ? null : new GeneratedKey(policy, generator(policy.keyGenerator()));
        if (policy.kind() == Kind.VALUE) {
            CachedValue value = CachedValue.of(policy, region, generated, events(policy));
            return new ResolvedMethod(policy, null, placeholder, resumesInCall, false, value);
        }
        return new ResolvedMethod(
                policy,
                resource(policy, region, generated),
                placeholder,
                resumesInCall,
                isEarly(policy, earlyHit),
                valueOfResource(policy, region));
    }

    private CachedResource resource(CachePolicy policy, Region region, @Nullable GeneratedKey generated) {
        Class<?> type = policy.beanClass();
        Method method = policy.method();
        List<String> produced = ResourceMethods.produced(type, method);
        boolean negotiated = produced.size() != 1 || produced.get(0).contains("*");
        boolean byAccept = negotiated || ResourceMethods.isSelectedByAccept(type, method);
        CachingRules rules = byAccept ? policy.rules().keyedBy(Set.of("Accept")) : policy.rules();
        return new CachedResource(
                policy,
                rules,
                region,
                generated,
                policy.keyRoot(),
                negotiated ? new Negotiation(produced) : null,
                VaryMatch.of(policy.rules().keyedBy()),
                ResourceMethods.readsBody(type, method),
                events(policy));
    }

    /** Counts what a method does, and adds it to the counts of its backend. */
    private CacheEvents events(CachePolicy policy) {
        String name = policy.beanClass().getName() + "/" + policy.method().getName();
        Duration ttl = policy.rules().fromResponse() ? null : policy.ttl();
        Statistics statistics = backends.statistics();
        Counts counts = statistics.addMethod(name, policy.backend(), ttl);
        return counts.and(metrics.ofMethod(name, policy.backend(), counts)).and(statistics.counts(policy.backend()));
    }

    private boolean isEarly(CachePolicy policy, @Nullable EarlyHit earlyHit) {
        String obstacle = earlyHit == null ? "the container of its bean" : earlyHit.obstacle(policy, beans::isLazy);
        if (obstacle != null) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "A hit of {0} is served by the interceptor of its bean, not by the filter, because of {1}",
                    policy.signature(),
                    obstacle);
        }
        return obstacle == null;
    }

    /** How a resource method is cached when another bean calls it; null if it is not. */
    private @Nullable CachedValue valueOfResource(CachePolicy policy, Region region) {
        Method method = policy.method();
        if (DeclaredValue.readOnce(method, policy.beanClass()) != null
                || (backends.keepsBytes(policy.backend())
                        && DeclaredValue.sayingNothing(method, policy.beanClass()) != null)) {
            return null;
        }
        DeclaredParameters declared = ResourceParameters.of(policy.beanClass(), method);
        boolean cacheable = method.getReturnType() != void.class
                && !ResourceMethods.isResponse(method.getReturnType())
                && policy.defaultKey()
                && !declared.beyondArguments()
                && policy.rules().isForAnyCaller(declared.headers());
        return cacheable ? CachedValue.of(policy, region, null, events(policy)) : null;
    }

    private Lazy<CacheKeyGenerator> generator(Class<? extends CacheKeyGenerator> type) {
        return new Lazy<>(() -> {
            try {
                return (CacheKeyGenerator) beans.beanOrInstance(type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type.getName() + " cannot be created", e);
            }
        });
    }
}
