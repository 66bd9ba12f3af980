package dev.larder.cdi;

import dev.larder.CacheInvalidated;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.codec.ValueCodec;
import dev.larder.config.CachesReader;
import dev.larder.config.ConsoleRole;
import dev.larder.config.MonitoringKeys;
import dev.larder.config.ServerProperties;
import dev.larder.console.Console;
import dev.larder.jmx.ManagementBeans;
import dev.larder.metrics.Metrics;
import dev.larder.metrics.MetricsChoice;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.DeclaredParameters;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.response.ResponseCache;
import dev.larder.rest.ResourceParameters;
import dev.larder.service.Backends;
import dev.larder.service.Invalidations;
import dev.larder.transaction.CurrentTransaction;
import dev.larder.value.DeclaredValue;
import dev.larder.value.ValueCache;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Assembles one deployment from its configuration, backends and cached methods. */
final class Assembly {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Problems problems;
    private final Beans beans;
    private final PropertySource properties;
    private final CachesReader caches;
    private final ServerJsonb jsonb = new ServerJsonb();
    private final Map<String, CacheSettings> settings;
    private final BackendFactories factories;
    private final PolicyReader policies;
    private final Function<Bean<?>, String> origins;

    /**
     * Reads the configuration of a deployment.
     *
     * @param origins names the producer of a bean, or its class if it has no producer
     */
    Assembly(Beans beans, Function<Bean<?>, String> origins, Problems problems) {
        this.problems = problems;
        this.beans = beans;
        this.origins = origins;
        Optional<PropertySource> server = ServerProperties.read();
        if (server.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "This server has no MicroProfile Config: configuration is not read, the defaults and CacheModule"
                            + " apply");
        }
        this.properties = server.orElse(PropertySource.EMPTY);
        this.factories = new BackendFactories(
                Thread.currentThread().getContextClassLoader(), beans, problems, this::isTypeConfigured);
        this.caches = new CachesReader(properties, module(), factories::options, problems);
        this.settings = caches.read();
        this.policies = new PolicyReader(properties, settings, problems);
        ConsoleRole.read(properties, problems); // the servlet container reads the role itself
        MonitoringKeys.health(properties, problems); // the extension reads it before, and reports nothing
    }

    private boolean isTypeConfigured(String backend) {
        try {
            return properties.value("caches." + backend + ".backend") != null;
        } catch (IllegalArgumentException e) {
            return true; // reported by the reader
        }
    }

    private Map<String, CacheSettings> module() {
        Set<Bean<?>> modules = beans.all(CacheModule.class);
        if (modules.size() > 1) {
            problems.add("There are " + modules.size() + " beans of type " + CacheModule.class.getName() + ": "
                    + modules.stream().map(origins).sorted().toList()
                    + ". Keep one, and add the others' backends to it by with(…)");
        }
        if (modules.size() != 1) {
            return Map.of();
        }
        Bean<?> bean = modules.iterator().next();
        try {
            Map<String, CacheSettings> caches = ((CacheModule) beans.reference(bean, CacheModule.class)).caches();
            if (caches != null) {
                return caches;
            }
            problems.add("The CacheModule of " + origins.apply(bean)
                    + " returns null. Let caches() return the settings by the names of the backends, or an empty map");
            return Map.of();
        } catch (RuntimeException e) {
            problems.add("The CacheModule of " + origins.apply(bean) + " cannot be called: " + e);
            return Map.of();
        }
    }

    /** Reads the policies of annotated methods. Problems are reported. */
    List<CachePolicy> policies(Class<?> type, List<CacheableMethod> methods) {
        List<CachePolicy> read = new ArrayList<>();
        for (CacheableMethod cacheable : methods) {
            Method method = cacheable.method();
            DeclaredParameters declared =
                    cacheable.isResource() ? ResourceParameters.of(type, method) : DeclaredParameters.NONE;
            CachePolicy policy = policies.read(type, method, cacheable.annotation(), cacheable.kind(), declared);
            if (hasGenerator(policy)) {
                read.add(policy);
            }
        }
        return read;
    }

    void checkTargetedKeys() {
        policies.checkTargetedKeys(element -> CacheAnnotations.of(element) != null);
    }

    private boolean hasGenerator(CachePolicy policy) {
        Class<? extends CacheKeyGenerator> generator = policy.keyGenerator();
        try {
            if (policy.defaultKey() || beans.of(generator) != null) {
                return true;
            }
        } catch (AmbiguousResolutionException e) {
            problems.add(who(policy) + " names the key generator " + generator.getName()
                    + ", which several beans could be: " + e.getMessage());
            return false;
        }
        boolean constructible = !Modifier.isAbstract(generator.getModifiers())
                && Arrays.stream(generator.getDeclaredConstructors()).anyMatch(any -> any.getParameterCount() == 0);
        if (!constructible) {
            problems.add(who(policy) + " names the key generator " + generator.getName()
                    + ", which is no CDI bean and has no constructor without parameters. Make it a bean, or"
                    + " add the constructor");
        }
        return constructible;
    }

    /** Creates the backends and the deployment; null if there is a problem. */
    @Nullable
    Deployment deployment(
            Map<Class<?>, List<CachePolicy>> policies,
            Map<Class<?>, List<InvalidatingMethod>> invalidating,
            Map<Class<?>, EarlyHit> earlyHits,
            CurrentExchanges current,
            Consumer<CacheInvalidated> observer,
            boolean serviceInjected) {
        List<CachePolicy> all = policies.values().stream().flatMap(List::stream).toList();
        Set<String> used = all.stream().map(CachePolicy::backend).collect(Collectors.toCollection(TreeSet::new));
        Set<String> unused = new TreeSet<>(caches.foreign());
        unused.removeAll(used);
        factories.allowLeavingOut(unused);
        Metrics metrics = metrics();
        Backends backends =
                new Backends(settings, factories, new ValueCodec(jsonb), System::nanoTime, metrics::ofBackend);
        backends.setLockTimeout(this.policies.lockTimeout());
        all.forEach(policy -> checkReturnType(policy, backends));
        if (problems.message().isPresent()) {
            metrics.close();
            backends.close();
            return null;
        }
        Map<String, CacheSettings> running = new TreeMap<>(settings);
        running.keySet().removeAll(factories.leftOut());
        caches.warnOfLikelyMistakes(running.keySet(), used, this.policies.targets(), serviceInjected);
        logSummary(all, running);
        MethodResolver resolver = new MethodResolver(beans, backends, metrics);
        Map<Class<?>, ResolvedClass> managed = new HashMap<>();
        Set<Class<?>> types = new LinkedHashSet<>(policies.keySet());
        types.addAll(invalidating.keySet());
        types.forEach(type -> managed.put(
                type,
                new ResolvedClass(
                        true,
                        resolver.resolve(policies.getOrDefault(type, List.of()), earlyHits.get(type)),
                        invalidating.getOrDefault(type, List.of()))));
        ApplicationName application = new ApplicationName();
        CurrentTransaction transaction = CurrentTransaction.ofServer();
        Invalidations invalidations = new Invalidations(backends, transaction, observer);
        metrics.start(backends.statistics());
        ICacheService service = backends.service(invalidations);
        ManagementBeans management =
                new ManagementBeans(ManagementFactory.getPlatformMBeanServer(), backends.statistics(), service);
        return new Deployment(
                new ResolvedMethods(managed, type -> resolveUnmanaged(type, resolver)),
                current,
                new ResponseCache(application, Clock.systemUTC(), transaction, this.policies.sendsGroups()),
                new ValueCache(jsonb, application, current::context, transaction),
                new InvalidatingCalls(invalidations, transaction, current),
                service,
                backends.statistics(),
                new Console(LarderVersion.TEXT, application, service, backends.statistics()),
                () -> management.register(ApplicationName.atDeployment()),
                () -> {
                    metrics.close();
                    management.close();
                    backends.close();
                    beans.close();
                    jsonb.close();
                });
    }

    private Metrics metrics() {
        MetricsChoice choice = MonitoringKeys.metrics(properties, MetricsChoice.class, MetricsChoice.AUTO, problems);
        return Metrics.open(
                choice, beans, ApplicationName.atDeployment(), CacheModule.DEFAULT, System::nanoTime, problems::add);
    }

    /** Resolves a resource class that is no bean. */
    private ResolvedClass resolveUnmanaged(Class<?> type, MethodResolver resolver) {
        List<CachePolicy> read = policies(type, Inspection.of(type, problems).methods());
        List<InvalidatingMethod> invalidating = InvalidateInspection.of(type, problems);
        problems.message().ifPresent(message -> {
            throw new DeploymentException(message);
        });
        return new ResolvedClass(false, resolver.resolve(read, null), invalidating);
    }

    /** Reports a return type by which a value cannot be decoded. */
    private void checkReturnType(CachePolicy policy, Backends backends) {
        if (policy.kind() == Kind.VALUE && policy.active() && backends.keepsBytes(policy.backend())) {
            Type nothing = DeclaredValue.sayingNothing(policy.method(), policy.beanClass());
            if (nothing != null) {
                problems.add(who(policy) + " returns "
                        + policy.method().getGenericReturnType().getTypeName()
                        + ": the backend '" + policy.backend() + "' keeps bytes, and " + nothing.getTypeName()
                        + " does not determine the type to read them as. Declare a class, or a collection of"
                        + " one, or use a backend that keeps references (local)");
            }
        }
    }

    private static String who(CachePolicy policy) {
        return "@Cache on " + policy.beanClass().getName() + "."
                + policy.method().getName();
    }

    private static void logSummary(List<CachePolicy> policies, Map<String, CacheSettings> running) {
        long active = policies.stream().filter(CachePolicy::active).count();
        StringJoiner backends = new StringJoiner(", ");
        running.forEach((name, its) -> backends.add(name + " (" + withoutCredentials(its) + ")"));
        LOG.log(
                System.Logger.Level.INFO,
                "Larder {0} caches {1}. Backends: {2}",
                LarderVersion.TEXT,
                active == 1 ? "1 method" : active + " methods",
                backends);
    }

    private static String withoutCredentials(CacheSettings settings) {
        StringJoiner servers = new StringJoiner(", ", ": ", "").setEmptyValue("");
        for (String server : settings.servers()) {
            int at = server.lastIndexOf('@');
            servers.add(at < 0 ? server : "***" + server.substring(at));
        }
        return settings.backend() + servers;
    }
}
