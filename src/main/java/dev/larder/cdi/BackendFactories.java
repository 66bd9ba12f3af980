package dev.larder.cdi;

import dev.larder.CacheSettings;
import dev.larder.policy.Problems;
import dev.larder.service.Credentials;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.lang.reflect.InvocationTargetException;
import java.security.CodeSource;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates the backends of a deployment: by the factory of their type, or of a class, which may be a bean. */
final class BackendFactories implements BiFunction<String, CacheSettings, @Nullable CacheBackend> {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Map<String, CacheBackendFactory> factories = new TreeMap<>();
    private final ClassLoader application;
    private final Beans beans;
    private final Predicate<String> configured;
    private Problems problems;
    private Set<String> foreign = Set.of();
    private final Set<String> leftOut = new TreeSet<>();

    /**
     * Loads the factories of a deployment.
     *
     * @param configured whether configuration, and not the {@code CacheModule}, sets the type of a backend
     */
    BackendFactories(ClassLoader application, Beans beans, Problems problems, Predicate<String> configured) {
        this.application = application;
        this.beans = beans;
        this.problems = problems;
        this.configured = configured;
        try {
            for (CacheBackendFactory factory : ServiceLoader.load(CacheBackendFactory.class, application)) {
                add(factory);
            }
        } catch (ServiceConfigurationError e) {
            problems.add(
                    isLoadedTwice()
                            ? "Larder is loaded twice: from " + origin(CacheBackendFactory.class) + " and from "
                                    + origin(ofApplication())
                                    + ". Keep the jar in the WEB-INF/lib of each WAR, and remove"
                                    + " it from the lib of the EAR or the server"
                            : "A META-INF/services/" + CacheBackendFactory.class.getName() + " cannot be read: "
                                    + e.getMessage());
        }
    }

    private void add(CacheBackendFactory factory) {
        CacheBackendFactory other = factories.putIfAbsent(factory.type(), factory);
        if (other != null) {
            problems.add("Two factories make backends of the type '" + factory.type() + "': "
                    + other.getClass().getName() + " and " + factory.getClass().getName()
                    + ". Give one of them another type, or leave it out");
        }
    }

    /** The options of a type of backend; null if it takes any. */
    @Nullable
    Set<String> options(String type) {
        CacheBackendFactory factory = factories.get(type);
        return factory == null ? null : factory.options();
    }

    /**
     * Allows these backends to be left out if they cannot be created: only the server's configuration names them, and no
     * method uses them.
     */
    void allowLeavingOut(Set<String> names) {
        foreign = names;
    }

    /** The names of the backends that were left out. */
    Set<String> leftOut() {
        return leftOut;
    }

    @Override
    public @Nullable CacheBackend apply(String name, CacheSettings settings) {
        if (!foreign.contains(name)) {
            return create(name, settings);
        }
        Problems ofDeployment = problems;
        Problems ofBackend = new Problems();
        problems = ofBackend;
        try {
            return create(name, settings);
        } finally {
            problems = ofDeployment;
            ofBackend.message().ifPresent(message -> {
                leftOut.add(name);
                LOG.log(
                        System.Logger.Level.INFO,
                        "The backend ''{0}'' cannot be created here. Neither the application''s own configuration nor"
                                + " a method names it, so it is left out: it may be for another application. {1}",
                        name,
                        message.replaceFirst(".*\n - ", ""));
            });
        }
    }

    private @Nullable CacheBackend create(String name, CacheSettings settings) {
        CacheBackendFactory factory = factories.get(settings.backend());
        return factory == null ? ofClass(name, settings.backend()) : ofFactory(factory, name, settings);
    }

    private @Nullable CacheBackend ofFactory(CacheBackendFactory factory, String name, CacheSettings settings) {
        try {
            return factory.create(name, settings);
        } catch (IllegalArgumentException e) {
            problems.add("The backend '" + name + "' cannot be created: "
                    + new Credentials(settings).removedFrom(String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError e) {
            problems.add("The backend '" + name + "' cannot be created by "
                    + factory.getClass().getName() + ": " + new Credentials(settings).removedFrom(e.toString()));
        }
        return null;
    }

    private @Nullable CacheBackend ofClass(String name, String className) {
        try {
            Class<?> type = Class.forName(className, true, application);
            if (!CacheBackend.class.isAssignableFrom(type)) {
                problems.add(setting(name) + " is '" + className + "', a class that is no "
                        + CacheBackend.class.getName() + ". Implement it, or name one of " + types());
                return null;
            }
            return (CacheBackend) beans.lastingBeanOrInstance(type);
        } catch (ClassNotFoundException e) {
            problems.add(setting(name) + " is '" + className + "', which is neither a type of a backend (" + types()
                    + ") nor a class of the application" + Problems.nearest(className, factories.keySet()));
        } catch (NoSuchMethodException e) {
            problems.add(setting(name) + " is '" + className
                    + "', which is no CDI bean and has no constructor without parameters. Make it a bean, or"
                    + " add the constructor");
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException target ? target.getTargetException() : e;
            problems.add(setting(name) + " is '" + className + "', which cannot be created: " + cause);
        }
        return null;
    }

    private String setting(String name) {
        return configured.test(name)
                ? "The configuration key caches." + name + ".backend"
                : "The type of the backend '" + name + "' in the CacheModule";
    }

    /** Whether the application loads Larder from another jar than this one. */
    private boolean isLoadedTwice() {
        Class<?> other = ofApplication();
        return other != null && other != CacheBackendFactory.class;
    }

    private @Nullable Class<?> ofApplication() {
        try {
            return Class.forName(CacheBackendFactory.class.getName(), false, application);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static String origin(@Nullable Class<?> type) {
        CodeSource source = type == null ? null : type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "an unknown location"
                : source.getLocation().toString();
    }

    private String types() {
        return String.join(", ", factories.keySet());
    }
}
