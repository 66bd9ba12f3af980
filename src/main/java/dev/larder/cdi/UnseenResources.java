package dev.larder.cdi;

import jakarta.enterprise.inject.Vetoed;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root resource classes that the server serves and its CDI does not look at: for TomEE 9, {@code @Path} alone makes no
 * bean where the archive's {@code beans.xml} is missing or of mode {@code annotated}. WildFly and Payara make beans of them.
 */
final class UnseenResources {

    private UnseenResources() {}

    /** Those that CDI can make; none on another server than TomEE. */
    static List<Class<?>> besides(Collection<Class<?>> seen) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        List<Class<?>> unseen = new ArrayList<>();
        for (String name : served(application)) {
            Class<?> type = loaded(name, application);
            if (type != null && !seen.contains(type) && canBeBean(type)) {
                unseen.add(type);
            }
        }
        return unseen;
    }

    private static @Nullable Class<?> loaded(String name, ClassLoader application) {
        try {
            return Class.forName(name, false, application);
        } catch (ClassNotFoundException | LinkageError e) {
            return null; // of another module, or not usable: the server says so where it matters
        }
    }

    /** TomEE holds the description of the application that it starts CDI for. */
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

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        return of.getClass().getField(name).get(of);
    }

    private static boolean canBeBean(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !type.isAnnotationPresent(Vetoed.class)
                && !type.getPackage().isAnnotationPresent(Vetoed.class)
                && Inspection.whyNoBean(type) == null;
    }
}
