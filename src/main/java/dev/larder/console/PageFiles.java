package dev.larder.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, which are beside this class in the jar. */
final class PageFiles {

    /** A file as it is sent. */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares files
    record File(String type, byte[] content) {}

    private final Map<String, File> byPath = new HashMap<>();

    PageFiles() {
        add("/", "index.html", "text/html;charset=UTF-8");
        add("/console.css", "console.css", "text/css;charset=UTF-8");
        add("/console.js", "console.js", "text/javascript;charset=UTF-8");
        add("/icon.svg", "icon.svg", "image/svg+xml");
    }

    private void add(String path, String name, String type) {
        try (InputStream content = PageFiles.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("The jar of Larder has no file " + name + " of the console");
            }
            byPath.put(path, new File(type, content.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + name + " of the console cannot be read", e);
        }
    }

    /** The file at a path that begins with a slash; null if there is none. */
    @Nullable
    File at(String path) {
        return byPath.get(path);
    }
}
