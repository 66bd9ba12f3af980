package dev.larder.policy;

import dev.larder.Cache;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Merges an annotation with the configuration of its method, of its class and of all methods. */
public final class PolicyReader {

    /** The configuration keys at each level: the members of {@link Cache} in kebab-case, and keys without a member. */
    public static final List<String> KEYS = List.of(
            "ttl",
            "ttl-unit",
            "key-prefix",
            "version",
            "backend",
            "key-generator",
            "scope",
            "statuses",
            "vary-by",
            "query-params",
            "tags",
            "enabled",
            "lock-timeout",
            "max-body-bytes",
            "cache-status",
            "cache-groups");

    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

    private final PropertySource properties;
    private final Map<String, CacheSettings> backends;
    private final Problems problems;
    private final boolean targeted;

    /** What can be configured: the annotated classes, and their annotated methods as {@code class/method}. */
    private final Set<String> targets = new TreeSet<>();

    /**
     * Creates the reader of one deployment.
     *
     * @param backends the settings of the configured backends by name
     */
    public PolicyReader(PropertySource properties, Map<String, CacheSettings> backends, Problems problems) {
        this.properties = properties;
        this.backends = backends;
        this.problems = problems;
        this.targeted = TargetedKeys.areIn(properties);
    }

    /** Reads the policy of one method that reads nothing but its arguments. Problems are reported. */
    public CachePolicy read(Class<?> beanClass, Method method, Cache annotation, CachePolicy.Kind kind) {
        return read(beanClass, method, annotation, kind, DeclaredParameters.NONE);
    }

    /** Reads the policy of one method. Problems are reported. */
    public CachePolicy read(
            Class<?> beanClass, Method method, Cache annotation, CachePolicy.Kind kind, DeclaredParameters declared) {
        addTargets(beanClass, method);
        Overrides overrides = new Overrides(properties, problems, targeted, beanClass, method);
        String who = "@Cache on " + beanClass.getName() + "." + method.getName();
        String backend = backend(overrides, annotation, who);
        CacheSettings settings = backends.getOrDefault(backend, CacheSettings.local());
        Class<? extends CacheKeyGenerator> generator =
                overrides.read("key-generator", PolicyReader::generator, annotation.keyGenerator());
        Duration ttl = ttl(overrides, annotation, settings.ttl(), who);
        boolean fromResponse = Settings.FROM_RESPONSE.equals(ttl);
        HttpPolicyReader http = new HttpPolicyReader(overrides, annotation, who, problems);
        http.check(kind, fromResponse);
        http.checkDeclared(declared, generator == CacheKeyGenerator.class);
        List<String> tags = overrides.read("tags", Settings::list, List.of(annotation.tags()));
        String prefix = overrides.read("key-prefix", Function.identity(), annotation.keyPrefix());
        String version = overrides.read("version", Function.identity(), annotation.version());
        return new CachePolicy(
                beanClass,
                method,
                kind,
                overrides.read("enabled", Settings::bool, true),
                backend,
                fromResponse ? ICacheService.FOREVER : ttl,
                prefix,
                prefix.isEmpty() ? settings.keyPrefix() : prefix,
                version.isEmpty() ? settings.version() : version,
                generator,
                overrides.read("lock-timeout", Settings::duration, DEFAULT_LOCK_TIMEOUT),
                overrides.read("max-body-bytes", Settings::count, DEFAULT_MAX_BODY_BYTES),
                overrides.read("cache-status", Settings::bool, false),
                overrides.read("cache-groups", Settings::bool, false),
                http.rules(fromResponse).keyedBy(declared.headers()),
                http.queryParams(),
                MethodTags.cached(who, beanClass, method, tags, declared, problems));
    }

    private void addTargets(Class<?> beanClass, Method method) {
        for (Class<?> type : List.of(beanClass, method.getDeclaringClass())) {
            targets.add(type.getName());
            targets.add(type.getName() + "/" + method.getName());
        }
    }

    /** How long concurrent callers wait for a leader outside methods with {@code @Cache}. Problems are reported. */
    public Duration lockTimeout() {
        return new Overrides(properties, problems).read("lock-timeout", Settings::duration, DEFAULT_LOCK_TIMEOUT);
    }

    /** The backend of a method; {@code default} if there is a problem with the name, so that other problems show. */
    private String backend(Overrides overrides, Cache annotation, String who) {
        String name = overrides.read("backend", Function.identity(), annotation.backend());
        String backend = name.isEmpty() ? CacheModule.DEFAULT : name;
        if (backends.containsKey(backend)) {
            return backend;
        }
        problems.add(who + " names backend '" + backend + "', which is not configured (the backends are "
                + String.join(", ", new TreeSet<>(backends.keySet())) + "). Set caches." + backend
                + ".backend or correct the annotation" + Problems.nearest(backend, backends.keySet()));
        return CacheModule.DEFAULT;
    }

    /** The time to live, or {@link Settings#FROM_RESPONSE}. */
    private Duration ttl(Overrides overrides, Cache annotation, Duration ofBackend, String who) {
        ChronoUnit unit =
                overrides.read("ttl-unit", text -> Settings.constant(ChronoUnit.class, text), annotation.ttlUnit());
        Duration configured = overrides.find("ttl", Settings::methodTtl);
        if (configured != null) {
            return configured;
        }
        Duration annotated = problems.check(who + ": ttl ", () -> ttl(annotation.ttl(), unit, ofBackend));
        return annotated == null ? Duration.ZERO : annotated;
    }

    /** Whether clients see the groups that the response to an unsafe method invalidates: unsafe methods have no policy. */
    public boolean sendsGroups() {
        String configured = properties.value("cache.cache-groups");
        return configured != null && configured.trim().equalsIgnoreCase("true"); // else reported with the policies
    }

    /** What can be configured: the annotated classes, and their annotated methods as {@code class/method}. */
    public Set<String> targets() {
        return Collections.unmodifiableSet(targets);
    }

    /**
     * Checks every configuration key that names a class or method, once all policies are read.
     *
     * @param annotated whether a class or method has the annotation: decides about resource classes that are no beans,
     *     whose policies are not read yet
     */
    public void checkTargetedKeys(Predicate<AnnotatedElement> annotated) {
        if (targeted) {
            new TargetedKeys(properties, targets, KEYS, annotated, problems).check();
        }
    }

    private static Class<? extends CacheKeyGenerator> generator(String name) {
        try {
            return Class.forName(name.trim(), false, Thread.currentThread().getContextClassLoader())
                    .asSubclass(CacheKeyGenerator.class);
        } catch (ClassNotFoundException | LinkageError | ClassCastException e) {
            throw new IllegalArgumentException(
                    "is '" + name + "', but must be the name of a class that implements "
                            + CacheKeyGenerator.class.getName(),
                    e);
        }
    }

    private static Duration ttl(long amount, ChronoUnit unit, Duration ofBackend) {
        if (amount == Cache.BACKEND_TTL) {
            return ofBackend;
        }
        if (amount == Cache.FROM_RESPONSE) {
            return Settings.FROM_RESPONSE;
        }
        if (amount < 0) {
            throw new IllegalArgumentException("is " + amount
                    + ", but must be 0 or more, Cache.FOREVER, Cache.FROM_RESPONSE, or Cache.BACKEND_TTL for the"
                    + " backend's default");
        }
        try {
            return amount == Cache.FOREVER
                    ? ICacheService.FOREVER
                    : unit.getDuration().multipliedBy(amount);
        } catch (ArithmeticException e) {
            return ICacheService.FOREVER;
        }
    }
}
