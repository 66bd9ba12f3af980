package dev.larder.spi;

import java.io.IOException;
import java.io.InputStream;

/** Defines Larder's backends itself and has never heard of a library. */
public final class WithoutLibrary extends ClassLoader {

    private final String library;

    /**
     * Makes it.
     *
     * @param library the package that is missing
     */
    public WithoutLibrary(String library) {
        super(WithoutLibrary.class.getClassLoader());
        this.library = library;
    }

    /** The factory as an application without the library has it. */
    public CacheBackendFactory factory(Class<? extends CacheBackendFactory> type) throws ReflectiveOperationException {
        return (CacheBackendFactory) loadClass(type.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(library)) {
            throw new ClassNotFoundException(name);
        }
        if (!name.startsWith("dev.larder.backend")) {
            return super.loadClass(name, resolve);
        }
        synchronized (this) {
            Class<?> known = findLoadedClass(name);
            return known == null ? defined(name) : known;
        }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
