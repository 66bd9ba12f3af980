package dev.larder.cdi;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The class loaders of the modules that one container serves: one, but in an enterprise application whose {@code lib} holds
 * this jar. WildFly starts one container for all its WARs, each with a configuration of its own.
 */
final class Modules {

    private Modules() {}

    /**
     * Those of some classes.
     *
     * @param own the loader of the deployment
     * @return the own one if it sees all of the classes, else those of the classes that it does not see
     */
    static Set<ClassLoader> of(ClassLoader own, Collection<Class<?>> types) {
        Set<ClassLoader> modules = new LinkedHashSet<>();
        for (Class<?> type : types) {
            modules.add(sees(own, type) ? own : type.getClassLoader());
        }
        if (modules.size() > 1) {
            modules.remove(own); // what it sees, the modules see as well
        }
        return modules.isEmpty() ? Set.of(own) : modules;
    }

    /** Whether a class is the one that a loader finds by its name. */
    static boolean sees(ClassLoader loader, Class<?> type) {
        if (type.getClassLoader() == loader) {
            return true;
        }
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
