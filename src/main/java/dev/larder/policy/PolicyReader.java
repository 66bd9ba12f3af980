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

/** Merges an annotation with the configuration of its method, its class and all. */
public final class PolicyReader {

    private static final System.Logger LOG = System.getLogger("dev.larder.policy");

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

    /** What can be configured: the annotated classes, and their annotated methods as {@code class/method}. */
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

    /** Reads the policy of one method that declares to read nothing but its arguments. Problems are noted. */
    public CachePolicy read(Class<?> beanClass, Method method, Cache annotation, CachePolicy.Kind kind) {
        return read(beanClass, method, annotation, kind, DeclaredParameters.NONE);
    }

    /** Reads the policy of one method. Problems are noted. */
    public CachePolicy read(
            Class<?> beanClass, Method method, Cache annotation, CachePolicy.Kind kind, DeclaredParameters declared) {
        for (Class<?> type : List.of(beanClass, method.getDeclaringClass())) {
            targets.add(type.getName());
            targets.add(type.getName() + "/" + method.getName());
        }
        Overrides levels = new Overrides(properties, problems, specific, beanClass, method);
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
        HttpPolicyReader http = new HttpPolicyReader(levels, annotation, who, problems);
        boolean fromResponse = Settings.FROM_RESPONSE.equals(ttl);
        http.check(kind, fromResponse);
        http.checkDeclared(declared, generator == CacheKeyGenerator.class);
        String prefix = levels.read("key-prefix", Function.identity(), annotation.keyPrefix());
        String version = levels.read("version", Function.identity(), annotation.version());
        return new CachePolicy(
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
                levels.read("lock-timeout", Settings::duration, Duration.ofSeconds(10)),
                levels.read("max-body-bytes", Settings::count, 1 << 20),
                levels.read("cache-status", Settings::bool, false),
                http.rules(fromResponse).keyedBy(declared.headers()),
                http.queryParams());
    }

    /** What can be configured: the annotated classes, and their annotated methods as {@code class/method}. */
    public Set<String> targets() {
        return Collections.unmodifiableSet(targets);
    }

    /**
     * Checks every key of configuration that names a class or method. If that has the annotation, an unknown member is
     * a problem. If it has not, the key is a problem in the application's own files; elsewhere it is taken to be for
     * another application.
     *
     * @param annotated whether a class or method has the annotation: asked about resource classes that are no beans,
     *     which are met when they are bound, after this
     */
    public void complainAboutStrangers(Predicate<AnnotatedElement> annotated) {
        if (!specific) {
            return;
        }
        Set<String> names = properties.names();
        Set<String> own = properties.own();
        Set<String> others = new TreeSet<>();
        for (String name : names) {
            // skips a name that MicroProfile Config derives from an environment variable: the variable itself is read
            if (name.startsWith("cache.\"")
                    && name.indexOf("\".", 7) >= 0
                    && (own.contains(name) || !names.contains(PropertySource.environmentForm(name)))) {
                complain(name, own.contains(name), annotated, others);
            } else if (name.startsWith("CACHE__")) {
                complain(name, others);
            }
        }
        if (!others.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "The configuration keys {0} are for classes or methods that this deployment does not cache. They are"
                            + " not in the application''s own files, so they are taken to be for another application",
                    String.join(", ", others));
        }
    }

    private void complain(String name, boolean own, Predicate<AnnotatedElement> annotated, Set<String> others) {
        int end = name.indexOf("\".", 7);
        String target = name.substring(7, end);
        String key = name.substring(end + 2);
        if (targets.contains(target) || isAnnotated(target, annotated)) {
            complainUnlessKnown(name, key, KEYS);
        } else if (own) {
            problems.add("The configuration key " + name + valueOf(name) + " is for '" + target
                    + "', which has no @Cache. Expected is the name of an annotated class, or class/method"
                    + Problems.nearest(target, targets));
        } else {
            others.add(name);
        }
    }

    /** Of an environment variable, which cannot be told from a class's that is met later. */
    private void complain(String variable, Set<String> others) {
        for (String target : targets) {
            String start = PropertySource.environmentForm("cache.\"" + target + "\".");
            if (variable.startsWith(start) && variable.indexOf("__", start.length()) < 0) {
                complainUnlessKnown(
                        variable,
                        variable.substring(start.length()),
                        KEYS.stream().map(PropertySource::environmentForm).toList());
                return;
            }
        }
        others.add(variable);
    }

    private void complainUnlessKnown(String name, String key, List<String> known) {
        if (!known.contains(key)) {
            problems.add("The configuration key " + name + valueOf(name) + " is unknown: '" + key + "' is none of "
                    + String.join(", ", known) + Problems.nearest(key, known));
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
