package dev.larder.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Finds the stores' servers: by environment variable, on the PATH, or by installing their package. */
final class Executables {

    private Executables() {}

    static synchronized Path find(String name, String debianPackage, String variable) {
        String given = System.getenv(variable);
        if (given != null && !given.isBlank()) {
            return Path.of(given);
        }
        Path found = onPath(name);
        if (found == null && onPath("apt-get") != null && "root".equals(System.getProperty("user.name"))) {
            install(debianPackage);
            found = onPath(name);
        }
        if (found == null) {
            throw new IllegalStateException(name + " is missing: install it (on Debian: apt-get install "
                    + debianPackage + ") or set " + variable + " to its path.");
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

    private static void install(String debianPackage) {
        try {
            ProcessBuilder apt = new ProcessBuilder(
                            "apt-get", "install", "-y", "--no-install-recommends", debianPackage)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            apt.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = apt.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // told by the caller: the server is still missing
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
