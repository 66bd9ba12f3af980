package dev.larder.cdi;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.policy.GivenProperties;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigProviderResolver;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** Deploys bean classes on Weld, with Larder's extension and a configuration of pairs. */
final class Deployments {

    private static final String FILE =
            "PropertiesConfigSource[source=file:/app/WEB-INF/classes/META-INF/microprofile-config.properties]";

    private Deployments() {}

    /** A container with its configuration, which goes with it. */
    record Deployment(SeContainer container, Config config) implements AutoCloseable {

        <T> T bean(Class<T> type) {
            return container.select(type).get();
        }

        @Override
        public void close() {
            try {
                container.close();
            } finally {
                ConfigProviderResolver.instance().releaseConfig(config);
            }
        }
    }

    static Deployment of(Class<?>... beans) {
        return configured(GivenProperties.of(), beans);
    }

    /** Names in capitals are environment variables. */
    static Deployment configured(GivenProperties properties, Class<?>... beans) {
        return configured(properties, any -> {}, beans);
    }

    /** With what beans.xml enables. */
    static Deployment enabling(Consumer<SeContainerInitializer> enabling, Class<?>... beans) {
        return configured(GivenProperties.of(), enabling, beans);
    }

    private static Deployment configured(
            GivenProperties properties, Consumer<SeContainerInitializer> enabling, Class<?>... beans) {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> server = new HashMap<>();
        Map<String, String> file = new HashMap<>();
        properties
                .pairs()
                .forEach((name, value) -> (properties.ofServer().contains(name)
                                ? server
                                : name.startsWith("CACHE") ? environment : file)
                        .put(name, value));
        ConfigProviderResolver.setInstance(new SmallRyeConfigProviderResolver());
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(server, "SysPropConfigSource", 400),
                        new EnvConfigSource(environment, 300),
                        new PropertiesConfigSource(file, FILE, 100))
                .build();
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
        try {
            return new Deployment(container(enabling, beans), config);
        } catch (RuntimeException e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        }
    }

    /** A container on a server with the API of MicroProfile Config at most, and nothing behind it. */
    static SeContainer withoutConfiguration(Class<?>... beans) {
        ConfigProviderResolver.setInstance(new SmallRyeConfigProviderResolver() {
            @Override
            public io.smallrye.config.Config getConfig(ClassLoader loader) {
                throw new IllegalStateException("No ConfigProviderResolver implementation found!");
            }
        });
        return container(any -> {}, beans);
    }

    private static SeContainer container(Consumer<SeContainerInitializer> enabling, Class<?>... beans) {
        SeContainerInitializer initializer = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new LarderExtension())
                .addBeanClasses(beans);
        enabling.accept(initializer);
        return initializer.initialize();
    }

    /** The message with which this deployment fails. */
    static String failure(Class<?>... beans) {
        return failure(GivenProperties.of(), beans);
    }

    static String failure(GivenProperties properties, Class<?>... beans) {
        return failure(properties, any -> {}, beans);
    }

    static String failure(Consumer<SeContainerInitializer> enabling, Class<?>... beans) {
        return failure(GivenProperties.of(), enabling, beans);
    }

    private static String failure(
            GivenProperties properties, Consumer<SeContainerInitializer> enabling, Class<?>... beans) {
        Throwable failure =
                catchThrowable(() -> configured(properties, enabling, beans).close());
        if (failure instanceof DeploymentException) {
            return failure.getMessage();
        }
        throw new AssertionError("a DeploymentException is expected, was " + failure, failure);
    }
}
