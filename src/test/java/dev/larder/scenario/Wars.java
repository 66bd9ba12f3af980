package dev.larder.scenario;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.File;
import java.net.URISyntaxException;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullMarked;

/**
 * Applications as a user would build them: the built jar of Larder and what it needs, in {@code WEB-INF/lib}.
 *
 * <p>The classes of an application are nested in a class of their own beside the test ({@link HelloApp}), never in the
 * test: a server loads the enclosing class too, and Arquillian is not in the archive.
 */
final class Wars {

    private Wars() {}

    /** @return a WAR with the given classes, those nested in them, {@link Runs} and an empty {@code beans.xml}; its context path is the name */
    static WebArchive war(String name, Class<?>... classes) {
        return warWithoutBeansXml(name, classes).addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    static WebArchive warWithoutBeansXml(String name, Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(libraries())
                .addClass(Runs.class)
                .addClasses(classes);
    }

    /** What an application adds: the jar of Larder and what it needs. */
    static File[] libraries() {
        return new File[] {larder(), jarOf(Caffeine.class), jarOf(NullMarked.class)};
    }

    private static File larder() {
        File jar = new File(System.getProperty("larder.jar", "(not set)"));
        if (!jar.isFile()) {
            throw new IllegalStateException("No jar at " + jar + ". Build it first: mvn package");
        }
        return jar;
    }

    /** The jars of further libraries, by a class of each. */
    static File[] jarsOf(Class<?>... types) {
        return Stream.of(types).map(Wars::jarOf).toArray(File[]::new);
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("No jar of " + type, e);
        }
    }
}
