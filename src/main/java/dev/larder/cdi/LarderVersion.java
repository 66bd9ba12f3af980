package dev.larder.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** The version of this jar, which the build writes beside this class. */
final class LarderVersion {

    static final String TEXT = read();

    private LarderVersion() {}

    private static String read() {
        try (InputStream file = LarderVersion.class.getResourceAsStream("version.txt")) {
            return file == null ? "(unknown version)" : new String(file.readAllBytes(), UTF_8).trim();
        } catch (IOException e) {
            return "(unknown version)";
        }
    }
}
