package dev.larder.config;

import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.OnError;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.policy.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code caches.<name>.*}. It overrides the settings of a {@link CacheModule} if there is one. */
public final class CachesReader {

    private static final System.Logger LOG = System.getLogger("dev.larder.config");

    /** The keys under {@code caches.<name>.}, without options. */
    public static final List<String> KEYS = List.of("backend", "servers", "ttl", "key-prefix", "version", "on-error");

    private static final String OPTIONS = "options.";

    private final PropertySource properties;
    private final Map<String, CacheSettings> module;
    private final Function<String, @Nullable Set<String>> optionsOfType;
    private final Problems problems;

    /** The properties that are set for each backend: the key under {@code caches.<name>.}, and the name of the property. */
    private final Map<String, Map<String, String>> propertiesOfBackends = new TreeMap<>();

    /**
     * Creates the reader of one deployment.
     *
     * @param module the settings of the {@code CacheModule}; empty if there is none
     * @param optionsOfType the options of a type of backend; null if it takes any, or if the type is unknown
     */
    public CachesReader(
            PropertySource properties,
            Map<String, CacheSettings> module,
            Function<String, @Nullable Set<String>> optionsOfType,
            Problems problems) {
        this.properties = properties;
        this.module = module;
        this.optionsOfType = optionsOfType;
        this.problems = problems;
    }

    /** Reads the settings of every backend; {@code default} is always among them. Problems are reported. */
    public Map<String, CacheSettings> read() {
        Set<String> environment = new TreeSet<>();
        Set<String> dotted = new TreeSet<>();
        for (String name : properties.names()) {
            if (name.startsWith("CACHES_")) {
                environment.add(name);
            } else if (name.startsWith("caches.")) {
                dotted.add(name);
            }
        }
        for (String name : dotted) {
            addProperty(name, environment);
        }
        for (String variable : environment) {
            addVariable(variable);
        }

        Map<String, CacheSettings> settings = new LinkedHashMap<>(module);
        propertiesOfBackends.forEach((name, keys) -> {
            // an empty value means none
            keys.values().removeIf(property -> value(property) == null);
            if (!keys.isEmpty()) {
                settings.put(name, apply(name, keys));
            }
        });
        settings.putIfAbsent(CacheModule.DEFAULT, CacheSettings.local());
        settings.forEach(this::checkOptions);
        return settings;
    }

    /**
     * The backends that neither the application's own files nor its {@code CacheModule} name. They may be for another
     * application, whose files hold the rest of their configuration.
     */
    public Set<String> foreign() {
        Set<String> own = properties.own();
        Set<String> names = new TreeSet<>();
        propertiesOfBackends.forEach((name, keys) -> {
            if (keys.values().stream().noneMatch(own::contains)) {
                names.add(name);
            }
        });
        names.removeAll(module.keySet());
        names.remove(CacheModule.DEFAULT);
        return names;
    }

    /**
     * Logs warnings about configuration that is valid but looks like a mistake.
     *
     * @param backends the names of the configured backends
     * @param used those of the backends that a method uses
     * @param targets the classes with the annotation, and their methods as {@code class/method}
     * @param serviceInjected whether the application injects the service, by which it can use any backend
     */
    public void warnOfLikelyMistakes(
            Set<String> backends, Set<String> used, Set<String> targets, boolean serviceInjected) {
        new LikelyMistakes(properties, KEYS, backends, used, targets).warn(serviceInjected);
    }

    /** Reports unknown options of the module. Those of the configuration are reported when it is read. */
    private void checkOptions(String name, CacheSettings settings) {
        Set<String> options = optionsOfType.apply(settings.backend());
        if (options == null || !module.containsKey(name)) {
            return;
        }
        for (String option : settings.options().keySet()) {
            if (!options.contains(option)) {
                problems.add("The option '" + option + "' that the CacheModule sets for the backend '" + name
                        + "' is unknown: '" + settings.backend() + "' has the options "
                        + String.join(", ", new TreeSet<>(options)) + Problems.nearest(option, options));
            }
        }
    }

    private void addProperty(String property, Set<String> environment) {
        int dot = property.indexOf('.', 7);
        String name = dot < 0 ? "" : property.substring(7, dot);
        String key = dot < 0 ? "" : property.substring(dot + 1);
        boolean option = key.startsWith(OPTIONS) && key.length() > OPTIONS.length();
        boolean derived = environment.contains(PropertySource.environmentForm(property));
        if (derived && option && key.indexOf('.', OPTIONS.length()) >= 0) {
            // MicroProfile Config guesses how the variable is meant; it is read from the variable itself
            return;
        }
        if (!name.isEmpty() && (option || KEYS.contains(key))) {
            add(name, key, property);
        } else if (!derived) {
            String start = "caches." + (name.isEmpty() ? CacheModule.DEFAULT : name) + ".";
            String meant = name.isEmpty() ? start + property.substring("caches.".length()) : property;
            problems.add("The configuration key " + property + shown(property)
                    + " is unknown: expected is caches.<name>. and one of " + String.join(", ", KEYS)
                    + " or options.<option>"
                    + Problems.nearest(meant, keysOf(start, typeOf(name))));
        }
    }

    /** Adds a variable. {@code CACHES_MY_APP_TTL} is for a backend that another source names, such as my-app, else for my_app. */
    private void addVariable(String variable) {
        Set<String> names = new TreeSet<>(propertiesOfBackends.keySet());
        names.addAll(module.keySet());
        names.add(CacheModule.DEFAULT);
        List<String> meant = names.stream()
                .filter(name -> variable.startsWith(startOf(name)))
                .toList();
        for (String name : meant) {
            if (isAdded(name, variable.substring(startOf(name).length()))) {
                return;
            }
        }
        if (isAddedAsNew(variable.substring("CACHES_".length()))) {
            return;
        }
        if (meant.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The environment variable {0} names no key of a backend and is not read",
                    variable);
            return;
        }
        String name = meant.get(0);
        problems.add("The environment variable " + variable + shown(variable)
                + " is unknown: expected is CACHES_<NAME>_ and one of "
                + String.join(
                        ", ", KEYS.stream().map(PropertySource::environmentForm).toList()) + " or OPTIONS_<OPTION>"
                + Problems.nearest(
                        variable,
                        keysOf("caches." + name + ".", typeOf(name)).stream()
                                .map(PropertySource::environmentForm)
                                .toList()));
    }

    /** What the variables of a backend begin with. */
    private static String startOf(String name) {
        return PropertySource.environmentForm("caches." + name + ".");
    }

    /** Adds the rest of a variable if it is a key of a backend that only the environment names; returns whether it is. */
    private boolean isAddedAsNew(String rest) {
        // before the keys: an option may end like one
        int options = rest.indexOf("_OPTIONS_");
        if (options > 0 && isAdded(rest.substring(0, options).toLowerCase(Locale.ROOT), rest.substring(options + 1))) {
            return true;
        }
        for (String key : KEYS) {
            String end = "_" + PropertySource.environmentForm(key);
            if (rest.endsWith(end) && rest.length() > end.length()) {
                String name = rest.substring(0, rest.length() - end.length()).toLowerCase(Locale.ROOT);
                add(name, key, "caches." + name + "." + key);
                return true;
            }
        }
        return false;
    }

    /** Adds what follows the name of a backend in a variable if it is a key; returns whether it is. */
    private boolean isAdded(String name, String rest) {
        String key = keyOf(rest, typeOf(name));
        if (key != null) {
            add(name, key, "caches." + name + "." + key);
        }
        return key != null;
    }

    private String typeOf(String name) {
        String type = value("caches." + name + ".backend");
        CacheSettings settings = module.get(name);
        return type != null ? type : settings != null ? settings.backend() : "local";
    }

    /** The key that follows the name of a backend in a variable; null if it is none. */
    private @Nullable String keyOf(String rest, String type) {
        for (String key : KEYS) {
            if (rest.equals(PropertySource.environmentForm(key))) {
                return key;
            }
        }
        if (!rest.startsWith("OPTIONS_") || rest.length() == "OPTIONS_".length()) {
            return null;
        }
        String option = rest.substring("OPTIONS_".length());
        Set<String> options = optionsOfType.apply(type);
        if (options != null) {
            for (String name : options) {
                if (option.equals(PropertySource.environmentForm(name))) {
                    return OPTIONS + name;
                }
            }
        }
        return OPTIONS + option.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void add(String name, String key, String property) {
        propertiesOfBackends.computeIfAbsent(name, any -> new TreeMap<>()).putIfAbsent(key, property);
    }

    private CacheSettings apply(String name, Map<String, String> keys) {
        CacheSettings settings = module.getOrDefault(name, CacheSettings.local());
        settings = with(settings, keys, "backend", CachesReader::typed);
        settings = with(settings, keys, "servers", (s, text) -> s.servers(servers(text)));
        settings = with(settings, keys, "ttl", (s, text) -> s.ttl(Settings.ttl(text)));
        settings = with(settings, keys, "key-prefix", CacheSettings::keyPrefix);
        settings = with(settings, keys, "version", CacheSettings::version);
        settings = with(settings, keys, "on-error", (s, text) -> s.onError(Settings.constant(OnError.class, text)));
        // another application sets the type, so the options cannot be checked here
        boolean untyped = !keys.containsKey("backend") && foreign().contains(name);
        Set<String> options = untyped ? null : optionsOfType.apply(settings.backend());
        for (Map.Entry<String, String> entry : keys.entrySet()) {
            if (entry.getKey().startsWith(OPTIONS)) {
                String option = entry.getKey().substring(OPTIONS.length());
                if (options != null && !options.contains(option)) {
                    problems.add("The configuration key " + entry.getValue() + shown(entry.getValue())
                            + " is unknown: the backend '" + settings.backend() + "' has the options "
                            + String.join(", ", new TreeSet<>(options))
                            + Problems.nearest(entry.getValue(), keysOf("caches." + name + ".", settings.backend())));
                    continue;
                }
                settings = with(settings, keys, entry.getKey(), (s, text) -> s.option(option, text));
            }
        }
        return settings;
    }

    private CacheSettings with(
            CacheSettings settings,
            Map<String, String> keys,
            String key,
            BiFunction<CacheSettings, String, CacheSettings> change) {
        String text = value(keys, key);
        if (text == null) {
            return settings;
        }
        CacheSettings changed =
                problems.check("The configuration key " + keys.get(key) + " ", () -> change.apply(settings, text));
        return changed == null ? settings : changed;
    }

    /** Sets the type. Another type keeps the settings that all types have, but neither servers nor options. */
    private static CacheSettings typed(CacheSettings settings, String text) {
        String type = text.trim();
        if (type.isEmpty()) {
            throw new IllegalArgumentException("is '" + text + "', but must be a backend's type or a class name");
        }
        return type.equals(settings.backend())
                ? settings
                : CacheSettings.of(type)
                        .ttl(settings.ttl())
                        .keyPrefix(settings.keyPrefix())
                        .version(settings.version())
                        .onError(settings.onError());
    }

    private @Nullable String value(Map<String, String> keys, String key) {
        String property = keys.get(key);
        return property == null ? null : value(property);
    }

    private @Nullable String value(String property) {
        return problems.check("The configuration key " + property + " ", () -> properties.value(property));
    }

    /** All keys of a backend of a type. */
    private List<String> keysOf(String start, String type) {
        Set<String> options = optionsOfType.apply(type);
        return Stream.concat(
                        KEYS.stream(),
                        options == null ? Stream.of() : options.stream().map(OPTIONS::concat))
                .map(start::concat)
                .toList();
    }

    /** The value of an unknown key, in brackets. It is masked if it may be a misspelled secret. */
    private String shown(String property) {
        String value = value(property);
        if (value == null) {
            return "";
        }
        boolean secret = property.toLowerCase(Locale.ROOT).matches(".*(pas|pwd|secret|credential|token).*");
        return " (= '" + (secret ? "***" : value.replaceFirst("(?s).*@", "***@")) + "')";
    }

    private static String[] servers(String text) {
        return Arrays.stream(text.split("[,;]", -1))
                .map(String::trim)
                .filter(s -> !s.isEmpty())
                .toArray(String[]::new);
    }
}
