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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Merges an annotation with the configuration of its method, its class and all. */
public final class PolicyReader {

    /** The keys of configuration at each level: the members of {@link Cache} in kebab-case, and those without a member. */
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
            "enabled",
            "lock-timeout",
            "max-body-bytes",
            "cache-status");

    private final PropertySource properties;
    private final Map<String, CacheSettings> backends;
    private final Problems problems;
    private final boolean specific;

    /** What may be configured: the annotated classes, and their annotated methods behind a slash. */
    private final Set<String> targets = new TreeSet<>();

    /**
     * Makes the reader of one deployment.
     *
     * @param backends the settings of the configured backends by name
     */
    public PolicyReader(PropertySource properties, Map<String, CacheSettings> backends, Problems problems) {
        this.properties = properties;
        this.backends = backends;
        this.problems = problems;
        this.specific = hasSpecific(properties.names());
    }

    private static boolean hasSpecific(Iterable<String> names) {
        for (String name : names) {
            if (name.startsWith("cache.\"") || name.startsWith("CACHE__")) {
                return true;
            }
        }
        return false;
    }

    /** Reads the policy of one method. Problems are noted. */
    public CachedMethod read(Class<?> beanClass, Method method, Cache annotation, CachedMethod.Kind kind) {
        for (Class<?> type : List.of(beanClass, method.getDeclaringClass())) {
            targets.add(type.getName());
            targets.add(type.getName() + "/" + method.getName());
        }
        Levels levels = new Levels(properties, problems, specific, beanClass, method);
        String who = "@Cache on " + beanClass.getName() + "." + method.getName();
        String backend = levels.read("backend", Function.identity(), annotation.backend());
        backend = backend.isEmpty() ? CacheModule.DEFAULT : backend;
        CacheSettings settings = backends.get(backend);
        if (settings == null) {
            problems.add(who + " names backend '" + backend + "', which is not configured (known: "
                    + String.join(", ", new TreeSet<>(backends.keySet())) + "). Set caches." + backend
                    + ".backend or correct the annotation" + Problems.nearest(backend, backends.keySet()));
            settings = CacheSettings.local(); // read on: there may be more problems
            backend = CacheModule.DEFAULT;
        }
        Duration ofBackend = settings.ttl();
        Class<? extends CacheKeyGenerator> generator =
                levels.read("key-generator", PolicyReader::generator, annotation.keyGenerator());
        ChronoUnit unit =
                levels.read("ttl-unit", text -> Settings.constant(ChronoUnit.class, text), annotation.ttlUnit());
        Duration ttl = levels.find("ttl", Settings::methodTtl);
        if (ttl == null) {
            ttl = problems.check(who + ": ttl ", () -> ttl(annotation.ttl(), unit, ofBackend));
        }
        HttpMembers http = new HttpMembers(levels, annotation, who, problems);
        boolean fromResponse = Settings.FROM_RESPONSE.equals(ttl);
        http.check(kind, fromResponse);
        String prefix = levels.read("key-prefix", Function.identity(), annotation.keyPrefix());
        String version = levels.read("version", Function.identity(), annotation.version());
        return new CachedMethod(
                beanClass,
                method,
                kind,
                levels.read("enabled", Settings::bool, true),
                backend,
                ttl == null ? Duration.ZERO : fromResponse ? ICacheService.FOREVER : ttl,
                prefix,
                prefix.isEmpty() ? settings.keyPrefix() : prefix,
                version.isEmpty() ? settings.version() : version,
                generator,
                levels.read("lock-timeout", Settings::duration, Duration.ofSeconds(2)),
                levels.read("max-body-bytes", Settings::count, 1 << 20),
                levels.read("cache-status", Settings::bool, false),
                http.rules(fromResponse),
                http.queryParams());
    }

    /**
     * Notes every key of configuration that names a class or method without the annotation, or no known member.
     *
     * @param annotated whether a class or method has the annotation: asked about resource classes that are no beans, which
     *     are met when they are bound, after this
     */
    public void complainAboutStrangers(Predicate<AnnotatedElement> annotated) {
        if (!specific) {
            return;
        }
        List<String> names = properties.names().stream()
                .filter(name -> name.startsWith("cache.\"") && name.indexOf("\".", 7) >= 0)
                .toList();
        Set<String> known = new HashSet<>();
        for (String target : targets) {
            KEYS.forEach(key -> known.add(PropertySource.environmentForm("cache.\"" + target + "\"." + key)));
        }
        for (String name : names) {
            // a variable as this implementation guesses its spelling: it is read from the variable itself
            String variable = PropertySource.environmentForm(name);
            if (!known.contains(variable) || !properties.names().contains(variable)) {
                int end = name.indexOf("\".", 7);
                complain(name, name.substring(7, end), name.substring(end + 2), annotated);
            }
        }
    }

    private void complain(String name, String target, String key, Predicate<AnnotatedElement> annotated) {
        String given = "The configuration key " + name + valueOf(name);
        if (!targets.contains(target) && !isAnnotated(target, annotated)) {
            problems.add(given + " is for '" + target
                    + "', which has no @Cache. Expected is the name of an annotated class, or class/method"
                    + Problems.nearest(target, targets));
        } else if (!KEYS.contains(key)) {
            problems.add(given + " is unknown: '" + key + "' is none of " + String.join(", ", KEYS)
                    + Problems.nearest(key, KEYS));
        }
    }

    private String valueOf(String name) {
        String value = problems.check("The configuration key " + name + " ", () -> properties.value(name));
        return value == null ? "" : " (= '" + value + "')";
    }

    private static boolean isAnnotated(String target, Predicate<AnnotatedElement> annotated) {
        int slash = target.indexOf('/');
        try {
            Class<?> type = Class.forName(
                    slash < 0 ? target : target.substring(0, slash),
                    false,
                    Thread.currentThread().getContextClassLoader());
            boolean ofType = annotated.test(type);
            for (Class<?> above = type; above != null; above = above.getSuperclass()) {
                for (Method method : above.getDeclaredMethods()) {
                    boolean meant = slash < 0 || method.getName().equals(target.substring(slash + 1));
                    if (meant && (ofType || annotated.test(method))) {
                        return true;
                    }
                }
            }
            return false;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
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
