package dev.larder.cdi;

import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.codec.ValueCodec;
import dev.larder.config.CachesReader;
import dev.larder.config.LikelyMistakes;
import dev.larder.config.ServerProperties;
import dev.larder.http.CachingRules;
import dev.larder.http.VaryMatch;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.DeclaredParameters;
import dev.larder.policy.GeneratedKey;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.response.CachedResource;
import dev.larder.response.Negotiation;
import dev.larder.response.ResponseCache;
import dev.larder.rest.EmptyAnswer;
import dev.larder.rest.ResourceMethods;
import dev.larder.rest.ResourceParameters;
import dev.larder.service.Backends;
import dev.larder.service.Region;
import dev.larder.transaction.CurrentTransaction;
import dev.larder.value.CachedValue;
import dev.larder.value.DeclaredValue;
import dev.larder.value.ValueCache;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts Larder together for one deployment: configuration, backends and cached methods. */
final class Assembly {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Problems problems;
    private final Beans beans;
    private final PropertySource properties;
    private final LazyJsonb jsonb = new LazyJsonb();
    private final Map<String, CacheSettings> settings;
    private final BackendMaker maker;
    private final PolicyReader policies;
    private final Set<String> foreign;
    private final Function<Bean<?>, String> origins;

    /**
     * Makes the assembly of a deployment.
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
                    "This server has no MicroProfile Config: configuration is not read, the defaults and CacheModule apply");
        }
        this.properties = server.orElse(PropertySource.EMPTY);
        this.maker = new BackendMaker(
                Thread.currentThread().getContextClassLoader(), beans, problems, this::isTypeConfigured);
        CachesReader reader = new CachesReader(properties, module(), maker::options, problems);
        this.settings = reader.read();
        this.foreign = reader.foreign();
        this.policies = new PolicyReader(properties, settings, problems);
    }

    private boolean isTypeConfigured(String backend) {
        try {
            return properties.value("caches." + backend + ".backend") != null;
        } catch (IllegalArgumentException e) {
            return true; // reported already
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
                    + " answers null. Let caches() answer the settings by the names of the backends, or an empty map");
            return Map.of();
        } catch (RuntimeException e) {
            problems.add("The CacheModule of " + origins.apply(bean) + " cannot be asked: " + e);
            return Map.of();
        }
    }

    /** Reads the policies of annotated methods; problems are noted. */
    List<CachePolicy> policies(Class<?> type, List<Inspection.Found> methods) {
        List<CachePolicy> read = new ArrayList<>();
        for (Inspection.Found found : methods) {
            DeclaredParameters declared = found.kind() == Kind.RESPONSE
                    ? ResourceParameters.of(type, found.method())
                    : DeclaredParameters.NONE;
            CachePolicy method = policies.read(type, found.method(), found.annotation(), found.kind(), declared);
            if (hasGenerator(method)) {
                read.add(method);
            }
        }
        return read;
    }

    void complainAboutStrangers() {
        policies.complainAboutStrangers(element -> Inspection.annotation(element) != null);
    }

    private boolean hasGenerator(CachePolicy method) {
        Class<? extends CacheKeyGenerator> generator = method.keyGenerator();
        try {
            if (method.defaultKey() || beans.of(generator) != null) {
                return true;
            }
        } catch (AmbiguousResolutionException e) {
            problems.add("@Cache on " + method.beanClass().getName() + "."
                    + method.method().getName() + " names the key generator " + generator.getName()
                    + ", which several beans could be: " + e.getMessage());
            return false;
        }
        boolean constructible = !Modifier.isAbstract(generator.getModifiers())
                && Arrays.stream(generator.getDeclaredConstructors()).anyMatch(any -> any.getParameterCount() == 0);
        if (!constructible) {
            problems.add(
                    "@Cache on " + method.beanClass().getName() + "."
                            + method.method().getName()
                            + " names the key generator " + generator.getName()
                            + ", which is no CDI bean and has no constructor without parameters. Make it a bean, or add the constructor");
        }
        return constructible;
    }

    /** Makes the backends, and Larder; null if that was a problem. */
    @Nullable
    Deployment larder(
            Map<Class<?>, List<CachePolicy>> methods,
            Map<Class<?>, EarlyAnswer> managed,
            CurrentExchanges current,
            boolean serviceInjected) {
        Set<String> used = new TreeSet<>();
        methods.values().forEach(some -> some.forEach(method -> used.add(method.backend())));
        Set<String> unused = new TreeSet<>(foreign);
        unused.removeAll(used);
        maker.leaveOut(unused);
        Backends backends = new Backends(settings, maker, new ValueCodec(jsonb), System::nanoTime);
        methods.values().forEach(ofType -> ofType.forEach(method -> complainAboutType(method, backends)));
        if (problems.message().isPresent()) {
            backends.close();
            return null;
        }
        Map<String, CacheSettings> known = new TreeMap<>(settings);
        known.keySet().removeAll(maker.leftOut());
        new LikelyMistakes(properties, known.keySet(), used, policies.targets()).warn(serviceInjected);
        describe(methods.values(), known);
        Map<Class<?>, ResolvedClass> classes = new ConcurrentHashMap<>();
        ApplicationName application = new ApplicationName();
        CurrentTransaction transaction = CurrentTransaction.ofServer();
        for (Map.Entry<Class<?>, List<CachePolicy>> type : methods.entrySet()) {
            EarlyAnswer early = managed.get(type.getKey());
            classes.put(type.getKey(), new ResolvedClass(true, resolved(type.getValue(), early, backends)));
        }
        return new Deployment(
                this,
                classes,
                current,
                new ResponseCache(application, Clock.systemUTC(), transaction),
                new ValueCache(jsonb, application, current::context, transaction),
                backends,
                () -> {
                    beans.close();
                    jsonb.close();
                });
    }

    private void complainAboutType(CachePolicy method, Backends backends) {
        if (method.kind() == Kind.VALUE && method.active() && backends.keepsBytes(method.backend())) {
            Type nothing = DeclaredValue.sayingNothing(method.method(), method.beanClass());
            if (nothing != null) {
                problems.add("@Cache on " + method.beanClass().getName() + "."
                        + method.method().getName() + " returns "
                        + method.method().getGenericReturnType().getTypeName()
                        + ": the backend '" + method.backend() + "' keeps bytes, and " + nothing.getTypeName()
                        + " does not say as what type to read them. Declare a class, or a collection of"
                        + " one, or use a backend that keeps references (local)");
            }
        }
    }

    private static void describe(Collection<List<CachePolicy>> methods, Map<String, CacheSettings> known) {
        long active = methods.stream()
                .flatMap(List::stream)
                .filter(CachePolicy::active)
                .count();
        StringJoiner backends = new StringJoiner(", ");
        known.forEach((name, its) -> backends.add(name + " (" + shown(its) + ")"));
        LOG.log(
                System.Logger.Level.INFO,
                "Larder {0} caches {1}. Backends: {2}",
                LarderVersion.TEXT,
                active == 1 ? "1 method" : active + " methods",
                backends);
    }

    private static String shown(CacheSettings settings) {
        StringJoiner servers = new StringJoiner(", ", ": ", "").setEmptyValue("");
        for (String server : settings.servers()) {
            int at = server.lastIndexOf('@');
            servers.add(at < 0 ? server : "***" + server.substring(at));
        }
        return settings.backend() + servers;
    }

    private List<ResolvedMethod> resolved(List<CachePolicy> methods, @Nullable EarlyAnswer early, Backends backends) {
        List<ResolvedMethod> calls = new ArrayList<>(methods.size());
        for (CachePolicy method : methods) {
            calls.add(resolved(method, early, backends));
        }
        return calls;
    }

    /** A resource class that the container does not know. */
    ResolvedClass unknown(Class<?> type, Backends backends) {
        List<CachePolicy> methods = policies(type, Inspection.of(type, problems).methods());
        problems.message().ifPresent(message -> {
            throw new DeploymentException(message);
        });
        return new ResolvedClass(false, resolved(methods, null, backends));
    }

    private ResolvedMethod resolved(CachePolicy method, @Nullable EarlyAnswer early, Backends backends) {
        EmptyAnswer empty = EmptyAnswer.of(method.beanClass(), method.method());
        AtomicBoolean resumesInCall = new AtomicBoolean();
        if (!method.active()) {
            return new ResolvedMethod(method, null, empty, resumesInCall, false, null);
        }
        Region region = backends.region(method.backend(), method.version());
        GeneratedKey generated =
                method.defaultKey() ? null : new GeneratedKey(method, generator(method.keyGenerator()));
        if (method.kind() == Kind.VALUE) {
            return new ResolvedMethod(
                    method, null, empty, resumesInCall, false, CachedValue.of(method, region, generated));
        }
        List<String> produced = ResourceMethods.produced(method.beanClass(), method.method());
        boolean negotiated = produced.size() != 1 || produced.get(0).contains("*");
        boolean accept = negotiated || ResourceMethods.isOneOfSeveral(method.beanClass(), method.method());
        CachingRules rules = accept ? method.rules().keyedBy(Set.of("Accept")) : method.rules();
        CachedResource resource = new CachedResource(
                method,
                rules,
                region,
                generated,
                method.keyRoot(),
                negotiated ? new Negotiation(produced) : null,
                VaryMatch.of(method.rules().keyedBy()),
                ResourceMethods.readsBody(method.beanClass(), method.method()));
        return new ResolvedMethod(
                method, resource, empty, resumesInCall, isEarly(method, early), asMethod(method, region, backends));
    }

    private boolean isEarly(CachePolicy method, @Nullable EarlyAnswer early) {
        String obstacle = early == null ? "the container of its bean" : early.obstacle(method, beans::isLazy);
        if (obstacle != null) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "A hit of {0} is answered in its bean''s interceptor, not before, because of {1}",
                    method.signature(),
                    obstacle);
        }
        return obstacle == null;
    }

    /** How a resource method is cached when another bean calls it. */
    private static @Nullable CachedValue asMethod(CachePolicy method, Region region, Backends backends) {
        Method java = method.method();
        if (DeclaredValue.readOnce(java, method.beanClass()) != null
                || (backends.keepsBytes(method.backend())
                        && DeclaredValue.sayingNothing(java, method.beanClass()) != null)) {
            return null;
        }
        DeclaredParameters declared = ResourceParameters.of(method.beanClass(), java);
        boolean value = java.getReturnType() != void.class
                && !ResourceMethods.isResponse(java.getReturnType())
                && method.defaultKey()
                && !declared.beyondArguments()
                && method.rules().isForAnyCaller(declared.headers());
        return value ? CachedValue.of(method, region, null) : null;
    }

    private Supplier<CacheKeyGenerator> generator(Class<? extends CacheKeyGenerator> type) {
        return new Supplier<>() {
            private volatile @Nullable CacheKeyGenerator made;

            @Override
            public CacheKeyGenerator get() {
                CacheKeyGenerator known = made;
                return known == null ? make() : known;
            }

            private synchronized CacheKeyGenerator make() {
                CacheKeyGenerator known = made;
                if (known == null) {
                    try {
                        known = (CacheKeyGenerator) beans.beanOrInstance(type);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(type.getName() + " cannot be made", e);
                    }
                    made = known;
                }
                return known;
            }
        };
    }
}
