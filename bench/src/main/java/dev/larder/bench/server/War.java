package dev.larder.bench.server;

import dev.larder.bench.app.Api;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs the application of {@code dev.larder.bench.app} with some libraries. */
public final class War {

    private War() {}

    /** Writes the archive; the annotation of a library that is left out is none, as Java has it. */
    public static Path of(Path target, List<Path> libraries) throws IOException {
        return of(target, libraries, "");
    }

    /** The same with a configuration, as a file of properties. */
    public static Path of(Path target, List<Path> libraries, String configuration) throws IOException {
        Files.createDirectories(target.getParent());
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            Path folder = origin(Api.class);
            String inside = Api.class.getPackageName().replace('.', '/');
            try (Stream<Path> classes = Files.list(folder.resolve(inside))) {
                for (Path each : classes.filter(path -> !path.endsWith("package-info.class")).toList()) {
                    add(zip, "WEB-INF/classes/" + inside + '/' + each.getFileName(), each);
                }
            }
            zip.putNextEntry(new ZipEntry("WEB-INF/beans.xml"));
            zip.putNextEntry(new ZipEntry("WEB-INF/classes/META-INF/microprofile-config.properties"));
            zip.write(configuration.getBytes(StandardCharsets.UTF_8));
            for (Path library : libraries) {
                add(zip, "WEB-INF/lib/" + library.getFileName(), library);
            }
        }
        return target;
    }

    /** The jar or folder that a class comes from. */
    public static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
        zip.closeEntry();
    }
}
