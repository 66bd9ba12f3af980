package dev.larder.config;

import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import dev.larder.policy.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code cache.console} and {@code cache.console.role}. */
public final class ConsoleRole {

    private static final String CONSOLE = "cache.console";
    private static final String ROLE = "cache.console.role";

    /** The keys, without {@code cache.}. */
    public static final List<String> KEYS = List.of("console", "console.role");

    private ConsoleRole() {}

    /** The role of the callers that may use the console; null if there is no console. Problems are reported. */
    public static @Nullable String read(PropertySource properties, Problems problems) {
        String on = problems.check("The configuration key " + CONSOLE + " ", () -> properties.value(CONSOLE));
        Boolean console = on == null
                ? Boolean.FALSE
                : problems.check("The configuration key " + CONSOLE + " ", () -> Settings.bool(on));
        if (!Boolean.TRUE.equals(console)) {
            return null;
        }
        String role = problems.check("The configuration key " + ROLE + " ", () -> properties.value(ROLE));
        String name = role == null ? "" : role.trim();
        if (name.isEmpty()) {
            problems.add(CONSOLE + " is true, but " + ROLE
                    + " names no role, and the console is for callers in a role only. Set " + ROLE
                    + " to a role of the application, or " + CONSOLE + "=false");
            return null;
        }
        if (name.equals("*") || name.equals("**")) {
            problems.add("The configuration key " + ROLE + " is '" + name
                    + "', which stands for every role or caller, but must name one role of the application");
            return null;
        }
        return name;
    }
}
