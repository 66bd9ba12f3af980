package dev.larder.cdi;

import dev.larder.CacheSettings;
import dev.larder.policy.Problems;
import dev.larder.service.Credentials;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the backends of a deployment: by a factory's type, or of a class, as a bean if it is one. */
final class BackendMaker implements BiFunction<String, CacheSettings, @Nullable CacheBackend> {

    private final Map<String, CacheBackendFactory> factories = new TreeMap<>();
    private final ClassLoader application;
    private final Beans beans;
    private final Problems problems;

    BackendMaker(ClassLoader application, Beans beans, Problems problems) {
        this.application = application;
        this.beans = beans;
        this.problems = problems;
        try {
            for (CacheBackendFactory factory : ServiceLoader.load(CacheBackendFactory.class, application)) {
                add(factory);
            }
        } catch (ServiceConfigurationError e) {
            problems.add("A META-INF/services/" + CacheBackendFactory.class.getName() + " cannot be read: "
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

    /** The options a type of backend knows; null if it takes any. */
    @Nullable
    Set<String> options(String type) {
        CacheBackendFactory factory = factories.get(type);
        return factory == null ? null : factory.options();
    }

    @Override
    public @Nullable CacheBackend apply(String name, CacheSettings settings) {
        CacheBackendFactory factory = factories.get(settings.backend());
        return factory == null ? ofClass(name, settings.backend()) : made(factory, name, settings);
    }

    private @Nullable CacheBackend made(CacheBackendFactory factory, String name, CacheSettings settings) {
        try {
            return factory.create(name, settings);
        } catch (IllegalArgumentException e) {
            problems.add("The backend '" + name + "' cannot be made: "
                    + new Credentials(settings).removedFrom(String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError e) {
            problems.add("The backend '" + name + "' cannot be made by "
                    + factory.getClass().getName() + ": " + new Credentials(settings).removedFrom(e.toString()));
        }
        return null;
    }

    private @Nullable CacheBackend ofClass(String name, String className) {
        try {
            Class<?> type = Class.forName(className, true, application);
            if (!CacheBackend.class.isAssignableFrom(type)) {
                problems.add(key(name) + " is '" + className + "', a class that is no " + CacheBackend.class.getName()
                        + ". Implement it, or name one of " + known());
                return null;
            }
            return (CacheBackend) beans.lastingBeanOrInstance(type);
        } catch (ClassNotFoundException e) {
            problems.add(key(name) + " is '" + className + "', which is neither a known type (" + known()
                    + ") nor a class of the application" + Problems.nearest(className, factories.keySet()));
        } catch (NoSuchMethodException e) {
            problems.add(
                    key(name) + " is '" + className
                            + "', which is no CDI bean and has no constructor without parameters. Make it a bean, or add the constructor");
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException target ? target.getTargetException() : e;
            problems.add(key(name) + " is '" + className + "', which cannot be made: " + cause);
        }
        return null;
    }

    private static String key(String name) {
        return "The configuration key caches." + name + ".backend";
    }

    private String known() {
        return String.join(", ", factories.keySet());
    }
}
