package dev.larder.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the stores' servers: by environment variable, or on the PATH. {@code ./dev test} installs what is missing. */
final class Executables {

    /** Names the variable with the address of a Redis to use where any will do. */
    static final String REDIS = "LARDER_TEST_REDIS";

    /** Names the variable with the addresses of up to two memcached servers, separated by a comma. */
    static final String MEMCACHED = "LARDER_TEST_MEMCACHED";

    private Executables() {}

    /**
     * Finds a program.
     *
     * @param variable names its path
     * @param addresses with this variable a server is given, so that tests that need one of their own are skipped without it
     */
    static Path find(String name, String debianPackage, String variable, String addresses) {
        String given = System.getenv(variable);
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Path found = onPath(name);
        if (found == null && System.getenv(addresses) != null) {
            System.out.println("SKIPPED for want of " + name + ": " + addresses
                    + " names a server, but this test stops and starts one of its own.");
            Assumptions.abort(name + " is missing");
        }
        if (found == null) {
            throw new IllegalStateException(name + " is missing: install it (on Debian: apt-get install "
                    + debianPackage + "), set " + variable + " to its path, or " + addresses
                    + " to the address of a running server.");
        }
        return found;
    }

    private static Path onPath(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, name);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
