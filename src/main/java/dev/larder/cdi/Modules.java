package dev.larder.cdi;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds the class loaders of the modules that one CDI container serves. There is only one, except in an EAR whose
 * {@code lib} has this jar: there, WildFly starts one container for all WARs, and each WAR has its own configuration.
 */
final class Modules {

    private Modules() {}

    /**
     * The class loaders of the modules of some classes.
     *
     * @param own the loader of the deployment
     * @return {@code own} alone if it sees all classes, else the loaders of those that it does not see
     */
    static Set<ClassLoader> of(ClassLoader own, Collection<Class<?>> types) {
        Set<ClassLoader> modules = new LinkedHashSet<>();
        for (Class<?> type : types) {
            modules.add(sees(own, type) ? own : type.getClassLoader());
        }
        if (modules.size() > 1) {
            modules.remove(own); // the modules see all that it sees
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
