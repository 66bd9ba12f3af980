package dev.larder.cdi;

import jakarta.enterprise.inject.Vetoed;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the root resource classes that the server serves without making beans of them. On TomEE 9, {@code @Path} alone makes
 * no bean if the {@code beans.xml} of the archive is missing or has the mode {@code annotated}; on WildFly and Payara it
 * does.
 */
final class UnmanagedResources {

    private UnmanagedResources() {}

    /** The classes that can be beans, except those that the container has discovered. Empty on all servers but TomEE. */
    static List<Class<?>> besides(Collection<Class<?>> discovered) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        List<Class<?>> unmanaged = new ArrayList<>();
        for (String name : served(application)) {
            Class<?> type = loaded(name, application);
            if (type != null && !discovered.contains(type) && canBeBean(type)) {
                unmanaged.add(type);
            }
        }
        return unmanaged;
    }

    private static @Nullable Class<?> loaded(String name, ClassLoader application) {
        try {
            return Class.forName(name, false, application);
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // a class of another module, or one that the server reports itself
        }
    }

    /** The names of the resource classes. TomEE keeps the description of the application for which it starts CDI. */
    private static List<String> served(ClassLoader application) {
        List<String> names = new ArrayList<>();
        try {
            Class<?> lifecycle = Class.forName("org.apache.openejb.cdi.OpenEJBLifecycle", false, application);
            Object starting =
                    ((ThreadLocal<?>) lifecycle.getField("CURRENT_APP_INFO").get(null)).get();
            if (starting != null) {
                for (Object web : (Collection<?>) field(starting, "webApps")) {
                    ((Collection<?>) field(web, "restClass")).forEach(name -> names.add((String) name));
                }
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            return List.of(); // another server
        }
        return names;
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        return object.getClass().getField(name).get(object);
    }

    private static boolean canBeBean(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !type.isAnnotationPresent(Vetoed.class)
                && !type.getPackage().isAnnotationPresent(Vetoed.class)
                && UnmanagedClasses.whyNoBean(type) == null;
    }
}
