package dev.larder.config;

import dev.larder.CacheModule;
import dev.larder.policy.PolicyReader;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Logs warnings about configuration that is valid but looks like a mistake. It fails no deployment. */
final class LikelyMistakes {

    private static final System.Logger LOG = System.getLogger("dev.larder.config");

    /** The keys under {@code cache.}. */
    private static final List<String> KEYS = Stream.of(PolicyReader.KEYS, ConsoleRole.KEYS, MonitoringKeys.KEYS)
            .flatMap(List::stream)
            .toList();

    private final PropertySource properties;
    private final Set<String> backends;
    private final Set<String> used;

    /** The keys that exist, by their form in lower case and without quotes. */
    private final Map<String, String> plain = new LinkedHashMap<>();

    /**
     * Prepares the check of a deployment.
     *
     * @param keysOfBackends the keys that each backend may have
     * @param backends the names of the configured backends
     * @param used those of the backends that a method uses
     * @param targets the classes with the annotation, and their methods as {@code class/method}
     */
    LikelyMistakes(
            PropertySource properties,
            List<String> keysOfBackends,
            Set<String> backends,
            Set<String> used,
            Set<String> targets) {
        this.properties = properties;
        this.backends = backends;
        this.used = used;
        KEYS.forEach(key -> addKey("cache." + key));
        for (String key : PolicyReader.KEYS) {
            targets.forEach(target -> addKey("cache.\"" + target + "\"." + key));
        }
        for (String key : keysOfBackends) {
            backends.forEach(backend -> addKey("caches." + backend + "." + key));
        }
    }

    private void addKey(String key) {
        plain.putIfAbsent(withoutCaseAndQuotes(key), key);
    }

    private static String withoutCaseAndQuotes(String key) {
        return key.replace("\"", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Logs a warning for each likely mistake.
     *
     * @param serviceInjected whether the application injects the service, by which it can use any backend
     */
    void warn(boolean serviceInjected) {
        Set<String> names = properties.names();
        Set<String> own = properties.own();
        for (String name : new TreeSet<>(names)) {
            // skips a name that MicroProfile Config derives from an environment variable, which is checked itself
            String meant = own.contains(name) || !names.contains(PropertySource.environmentForm(name))
                    ? meant(name)
                    : isVariable(name) ? meantByVariable(name) : null;
            if (meant != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The configuration key {0} does nothing. Did you mean ''{1}''?",
                        name,
                        meant);
            }
        }
        for (String backend : backends) {
            if (!used.contains(backend) && !backend.equals(CacheModule.DEFAULT)) {
                warnOfUnused(backend, serviceInjected);
            }
        }
    }

    private void warnOfUnused(String backend, boolean serviceInjected) {
        if (backend.equalsIgnoreCase(CacheModule.DEFAULT) || Problems.isOneLetterOff(backend, CacheModule.DEFAULT)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The configuration keys caches.{0}.… configure a backend ''{0}''. Did you mean"
                            + " ''caches.default.…''?",
                    backend);
        } else if (!serviceInjected) {
            Set<String> others = new TreeSet<>(used);
            others.add(CacheModule.DEFAULT);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No method uses the backend ''{0}'', and nothing injects ICacheService{1}",
                    backend,
                    Problems.nearest(backend, others));
        }
    }

    private static boolean isVariable(String name) {
        return name.startsWith("CACHE_") && name.equals(PropertySource.environmentForm(name));
    }

    /**
     * The key that a property's name is probably meant to be. Null if the name is a key that exists, is reported elsewhere,
     * or does not resemble a key of Larder's.
     */
    private @Nullable String meant(String name) {
        if (isVariable(name)) {
            return meantByVariable(name);
        }
        String key = plain.get(withoutCaseAndQuotes(name));
        if (key != null) {
            boolean elsewhere = name.startsWith("caches.") || name.startsWith("cache.\"");
            return key.equals(name) || elsewhere ? null : key;
        }
        if (!name.startsWith("cache.") || name.startsWith("cache.\"")) {
            return null;
        }
        String rest = name.substring("cache.".length());
        int dot = rest.indexOf('.');
        if (dot > 0 && backends.contains(rest.substring(0, dot))) {
            return "caches." + rest;
        }
        return oneLetterOff(rest).map("cache."::concat).orElse(null);
    }

    private static Optional<String> oneLetterOff(String key) {
        return KEYS.stream()
                .filter(existing -> Problems.isOneLetterOff(key, existing))
                .findFirst();
    }

    private @Nullable String meantByVariable(String variable) {
        for (String key : KEYS) {
            String form = PropertySource.environmentForm("cache." + key);
            if (variable.equals(form)) {
                return null;
            }
            if (Problems.isOneLetterOff(variable, form)) {
                return form;
            }
        }
        for (String backend : backends) {
            String start = PropertySource.environmentForm("cache." + backend + ".");
            if (variable.startsWith(start)) {
                return "CACHES_" + variable.substring("CACHE_".length());
            }
        }
        return null;
    }
}
