package dev.larder.cdi;

import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The name of the application and its module. Part of every default key, so that two applications share no entries. */
final class ApplicationName implements Supplier<String> {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");
    private static final String NONE = "-";
    private static final String APPLICATION = "java:app/AppName";
    private static final String MODULE = "java:module/ModuleName";

    private volatile @Nullable String name;

    @Override
    public String get() {
        String current = name;
        if (current == null) {
            String application = entry(APPLICATION);
            String module = entry(MODULE);
            current = joined(application, module);
            // a thread that the application starts may see no names: the result must not be kept for other threads
            name = application.equals(NONE) || module.equals(NONE) ? null : current;
        }
        return current;
    }

    /**
     * The name during deployment. At that time Payara has no name of the module. TomEE has neither name, but its class
     * loader has that of the context.
     */
    static String atDeployment() {
        String application = entry(APPLICATION);
        String module = entry(MODULE);
        if (application.equals(NONE)) {
            return module.equals(NONE) ? ofContext() : module;
        }
        return module.equals(NONE) ? application : joined(application, module);
    }

    private static String ofContext() {
        for (ClassLoader loader = Thread.currentThread().getContextClassLoader();
                loader != null;
                loader = loader.getParent()) {
            try {
                return String.valueOf(
                        loader.getClass().getMethod("getContextName").invoke(loader));
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "Not a class loader of Tomcat", e);
            }
        }
        return NONE;
    }

    private static String joined(String application, String module) {
        String both = application.equals(module) ? application : application + "/" + module;
        return both.replaceAll("\\s", "_");
    }

    @SuppressWarnings("BanJNDI") // two constant names
    private static String entry(String name) {
        try {
            return String.valueOf(new InitialContext().lookup(name));
        } catch (NamingException | RuntimeException | LinkageError e) {
            return NONE;
        }
    }
}
