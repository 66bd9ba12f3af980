package dev.larder.cdi;

import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The name of the application and its module. Part of every default key, so that two applications share no entries. */
final class ApplicationName implements Supplier<String> {

    private static final String NONE = "-";

    private volatile @Nullable String name;

    @Override
    public String get() {
        String current = name;
        if (current == null) {
            String application = entry("java:app/AppName");
            String module = entry("java:module/ModuleName");
            String both = application.equals(module) ? application : application + "/" + module;
            current = both.replaceAll("\\s", "_");
            // a thread that the application starts may see no names: what it finds must not be kept for other threads
            name = application.equals(NONE) || module.equals(NONE) ? null : current;
        }
        return current;
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
