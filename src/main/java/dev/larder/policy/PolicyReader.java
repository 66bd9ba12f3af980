package dev.larder.policy;

import dev.larder.Cache;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
            "enabled",
            "lock-timeout",
            "max-body-bytes",
            "cache-status");

    private final PropertySource properties;
    private final Map<String, CacheSettings> backends;
    private final Problems problems;
    private final boolean specific;

    /**
     * Makes the reader of one deployment.
     *
     * @param backends the settings of the configured backends by name
     */
    public PolicyReader(PropertySource properties, Map<String, CacheSettings> backends, Problems problems) {
        this.properties = properties;
        this.backends = backends;
        this.problems = problems;
        this.specific = properties.names().stream().anyMatch(PolicyReader::isSpecific);
    }

    private static boolean isSpecific(String name) {
        return name.startsWith("cache.\"") || name.startsWith("CACHE__");
    }

    /**
     * Reads the policy of one method.
     *
     * @return null if there are problems, which are noted
     */
    public @Nullable CachedMethod read(Class<?> beanClass, Method method, Cache annotation, CachedMethod.Kind kind) {
        Levels levels = new Levels(beanClass, method);
        String who = "@Cache on " + beanClass.getName() + "." + method.getName();
        String backend = levels.read("backend", Function.identity(), annotation.backend());
        backend = backend.isEmpty() ? CacheModule.DEFAULT : backend;
        CacheSettings settings = backends.get(backend);
        if (settings == null) {
            problems.add(who + " names backend '" + backend + "', which is not configured (known: "
                    + String.join(", ", new TreeSet<>(backends.keySet())) + "). Set caches." + backend
                    + ".backend or correct the annotation" + Problems.nearest(backend, backends.keySet()));
            return null;
        }
        Class<? extends CacheKeyGenerator> generator =
                levels.read("key-generator", PolicyReader::generator, annotation.keyGenerator());
        Duration ttl = levels.find("ttl", Settings::ttl);
        if (ttl == null) {
            AnnotatedTtl unit = new AnnotatedTtl(levels, annotation);
            ttl = problems.check(who + ": ttl ", () -> unit.ttl(settings.ttl()));
        }
        String prefix = levels.read("key-prefix", Function.identity(), annotation.keyPrefix());
        String version = levels.read("version", Function.identity(), annotation.version());
        return new CachedMethod(
                beanClass,
                method,
                kind,
                levels.read("enabled", Settings::bool, true),
                backend,
                ttl == null ? Duration.ZERO : ttl,
                prefix,
                prefix.isEmpty() ? settings.keyPrefix() : prefix,
                version.isEmpty() ? settings.version() : version,
                generator,
                levels.read("lock-timeout", Settings::duration, Duration.ofSeconds(2)),
                levels.read("max-body-bytes", Settings::count, 1 << 20),
                levels.read("cache-status", Settings::bool, false));
    }

    /** Notes every key of configuration that names a class or method without the annotation, or no known member. */
    public void complainAboutStrangers(Collection<CachedMethod> methods) {
        Map<String, Object> known = new LinkedHashMap<>();
        for (CachedMethod cached : methods) {
            for (Class<?> type : List.of(cached.beanClass(), cached.method().getDeclaringClass())) {
                known.put(type.getName(), type);
                known.put(type.getName() + "/" + cached.method().getName(), cached);
            }
        }
        for (String name : properties.names()) {
            int end = name.startsWith("cache.\"") ? name.indexOf("\".", 7) : -1;
            if (end < 0) {
                continue;
            }
            String target = name.substring(7, end);
            String key = name.substring(end + 2);
            if (!known.containsKey(target)) {
                problems.add("The configuration key " + name + " is for '" + target
                        + "', which has no @Cache. Expected is the name of an annotated class, or class/method"
                        + Problems.nearest(target, known.keySet()));
            } else if (!KEYS.contains(key)) {
                problems.add("The configuration key " + name + " is unknown: '" + key + "' is none of "
                        + String.join(", ", KEYS) + Problems.nearest(key, KEYS));
            }
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

    /** The annotation's own number of units. */
    private record AnnotatedTtl(Levels levels, Cache annotation) {

        Duration ttl(Duration ofBackend) {
            long amount = annotation.ttl();
            if (amount == Cache.BACKEND_TTL) {
                return ofBackend;
            }
            if (amount < 0) {
                throw new IllegalArgumentException("is " + amount
                        + ", but must be 0 or more, Cache.FOREVER, or Cache.BACKEND_TTL for the backend's default");
            }
            var unit = levels.read("ttl-unit", text -> Settings.constant(ChronoUnit.class, text), annotation.ttlUnit());
            try {
                return amount == Cache.FOREVER
                        ? ICacheService.FOREVER
                        : unit.getDuration().multipliedBy(amount);
            } catch (ArithmeticException e) {
                return ICacheService.FOREVER;
            }
        }
    }

    /** The three levels of configuration of one method, most specific first. */
    private final class Levels {
        private final List<String> prefixes;

        Levels(Class<?> beanClass, Method method) {
            String bean = beanClass.getName();
            String declaring = method.getDeclaringClass().getName();
            prefixes = !specific
                    ? List.of("cache.")
                    : List.of(
                            quoted(bean + "/" + method.getName()),
                            quoted(declaring + "/" + method.getName()),
                            quoted(bean),
                            quoted(declaring),
                            "cache.");
        }

        private static String quoted(String target) {
            return "cache.\"" + target + "\".";
        }

        <T> T read(String key, Function<String, T> reader, T otherwise) {
            T found = find(key, reader);
            return found == null ? otherwise : found;
        }

        <T> @Nullable T find(String key, Function<String, T> reader) {
            for (String prefix : prefixes) {
                String text = properties.value(prefix + key);
                if (text != null) {
                    return problems.check("The configuration key " + prefix + key + " ", () -> reader.apply(text));
                }
            }
            return null;
        }
    }

    /** A member's name as a configuration key. */
    public static String kebab(String member) {
        return member.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
