package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.backend.local.LocalBackendFactory;
import dev.larder.policy.GivenProperties;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.inject.Qualifier;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test and one bean for each mistake. */
class DeploymentErrorsTest {

    private static final String HERE = "dev.larder.cdi.DeploymentErrorsTest$";

    @ApplicationScoped
    static class PrivateMethod {
        @Cache
        private String list() {
            return "";
        }
    }

    @Test
    void a_private_method() {
        assertThat(Deployments.failure(PrivateMethod.class))
                .contains("@Cache on " + HERE + "PrivateMethod.list", "the method is private");
    }

    @ApplicationScoped
    static class StaticMethod {
        @Cache
        static String list() {
            return "";
        }
    }

    @Test
    void a_static_method() {
        assertThat(Deployments.failure(StaticMethod.class))
                .contains(HERE + "StaticMethod.list", "the method is static");
    }

    @Dependent
    static class FinalMethod {
        @Cache
        public final String list() {
            return "";
        }
    }

    @Test
    void a_final_method() {
        assertThat(Deployments.failure(FinalMethod.class)).contains(HERE + "FinalMethod.list", "the method is final");
    }

    @Dependent
    static final class FinalClass {
        @Cache
        public String list() {
            return "";
        }
    }

    @Test
    void a_final_class() {
        assertThat(Deployments.failure(FinalClass.class)).contains(HERE + "FinalClass.list", "the class is final");
    }

    @Dependent
    static class PrivateConstructor {
        private PrivateConstructor() {}

        @Cache
        public String list() {
            return "";
        }
    }

    @Test
    void a_class_with_a_private_constructor_only() {
        assertThat(Deployments.failure(PrivateConstructor.class))
                .contains(HERE + "PrivateConstructor.list", "private constructor");
    }

    @ApplicationScoped
    static class VoidMethod {
        @Cache
        public void list() {}
    }

    @Test
    void a_method_without_a_value() {
        assertThat(Deployments.failure(VoidMethod.class)).contains(HERE + "VoidMethod.list", "returns nothing");
    }

    @Cache
    @ApplicationScoped
    static class TypeThatIsNoResource {
        public String list() {
            return "";
        }
    }

    @Test
    void an_annotated_type_that_is_no_resource() {
        assertThat(Deployments.failure(TypeThatIsNoResource.class))
                .contains("@Cache on " + HERE + "TypeThatIsNoResource covers nothing");
    }

    @Path("books")
    @ApplicationScoped
    static class Post {
        @POST
        @Cache
        public String add() {
            return "";
        }
    }

    @Test
    void a_resource_method_that_does_not_answer_get() {
        assertThat(Deployments.failure(Post.class)).contains(HERE + "Post.add", "POST");
    }

    @Cache
    @Path("books")
    @ApplicationScoped
    static class FinalMethodInAnnotatedType {
        @GET
        public String list() {
            return "";
        }

        public final String helper() {
            return "";
        }
    }

    @Test
    void a_final_method_in_an_annotated_type() {
        assertThat(Deployments.failure(FinalMethodInAnnotatedType.class))
                .contains(HERE + "FinalMethodInAnnotatedType.helper", "final");
    }

    @ApplicationScoped
    static class UnknownBackend {
        @Cache(backend = "redsi")
        public String list() {
            return "";
        }
    }

    @Test
    void an_unknown_backend() {
        assertThat(Deployments.failure(GivenProperties.of("caches.redis.backend", "local"), UnknownBackend.class))
                .contains(
                        HERE + "UnknownBackend.list names backend 'redsi'",
                        "(the backends are default, redis)",
                        "'redis'?");
    }

    @ApplicationScoped
    static class NegativeTtl {
        @Cache(ttl = -5)
        public String list() {
            return "";
        }
    }

    @Test
    void a_negative_ttl() {
        assertThat(Deployments.failure(NegativeTtl.class)).contains(HERE + "NegativeTtl.list", "-5");
    }

    static class NeedsArguments implements CacheKeyGenerator {
        NeedsArguments(String name) {}

        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "";
        }
    }

    @ApplicationScoped
    static class GeneratorThatCannotBeMade {
        @Cache(keyGenerator = NeedsArguments.class)
        public String list() {
            return "";
        }
    }

    @Test
    void a_key_generator_that_is_no_bean_and_has_no_constructor() {
        assertThat(Deployments.failure(GeneratorThatCannotBeMade.class))
                .contains(HERE + "GeneratorThatCannotBeMade.list", HERE + "NeedsArguments", "no CDI bean");
    }

    abstract static class Common implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            return "";
        }
    }

    @ApplicationScoped
    static class One extends Common {}

    @ApplicationScoped
    static class Two extends Common {}

    @ApplicationScoped
    static class AmbiguousGenerator {
        @Cache(keyGenerator = Common.class)
        public String list() {
            return "";
        }
    }

    @Test
    void a_key_generator_that_two_beans_could_be() {
        assertThat(Deployments.failure(AmbiguousGenerator.class, One.class, Two.class))
                .contains(HERE + "AmbiguousGenerator.list", HERE + "Common");
    }

    @ApplicationScoped
    static class Plain {
        public String list() {
            return "";
        }
    }

    @Test
    void configuration_for_a_class_without_the_annotation() {
        assertThat(Deployments.failure(GivenProperties.of("cache.\"" + HERE + "Plain\".ttl", "5"), Plain.class))
                .contains(HERE + "Plain", "has no @Cache");
    }

    @ApplicationScoped
    static class TwoModules {
        @Produces
        CacheModule one = CacheModule.setup(CacheSettings.local());

        @Produces
        CacheModule two = CacheModule.setup(CacheSettings.local());
    }

    @Test
    void two_modules() {
        assertThat(Deployments.failure(TwoModules.class))
                .contains(
                        "2 beans of type dev.larder.CacheModule", HERE + "TwoModules.one, " + HERE + "TwoModules.two");
    }

    @ApplicationScoped
    static class ThrowingModule implements CacheModule {
        @Override
        public Map<String, CacheSettings> caches() {
            throw new IllegalStateException("no idea");
        }
    }

    @Test
    void a_module_that_throws() {
        assertThat(Deployments.failure(ThrowingModule.class, NegativeTtl.class))
                .contains(HERE + "ThrowingModule", "no idea", "-5");
    }

    @Test
    void an_unknown_type_of_backend() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.backend", "locla")))
                .contains(
                        "caches.default.backend is 'locla'",
                        "neither a type of a backend",
                        "local",
                        "Did you mean 'local'?");
    }

    @Test
    void a_backend_class_that_is_no_backend() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.backend", "java.lang.String")))
                .contains("caches.default.backend is 'java.lang.String'", "no dev.larder.spi.CacheBackend");
    }

    @Test
    void an_unknown_key() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.tll", "5")))
                .contains("caches.default.tll (= '5')", "'caches.default.ttl'");
    }

    @Test
    void a_console_without_a_role() {
        assertThat(Deployments.failure(GivenProperties.of("cache.console", "true")))
                .contains("cache.console is true, but cache.console.role names no role", "Set cache.console.role");
    }

    @Test
    void a_bad_number() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.ttl", "soon")))
                .contains("caches.default.ttl is 'soon'");
    }

    @Test
    void a_bad_option() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.options.max-entries", "-1")))
                .contains("caches.default.options.max-entries is '-1'");
    }

    public static class AnotherLocal implements CacheBackendFactory {
        @Override
        public String type() {
            return "local";
        }

        @Override
        public CacheBackend create(String name, CacheSettings settings) {
            return new OwnBackend();
        }
    }

    @Test
    void two_factories_of_one_type(@TempDir java.nio.file.Path folder) throws IOException {
        java.nio.file.Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(CacheBackendFactory.class.getName()), AnotherLocal.class.getName());
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            here.setContextClassLoader(application);
            assertThat(Deployments.failure(GivenProperties.of()))
                    .contains("a problem")
                    .contains("the type 'local'", LocalBackendFactory.class.getName(), HERE + "AnotherLocal");
        } finally {
            here.setContextClassLoader(before);
        }
    }

    /** A WAR with a jar of its own, below an EAR's: it loads its own classes first. */
    private static final class OwnFirst extends URLClassLoader {

        OwnFirst(URL classes, ClassLoader parent) {
            super(new URL[] {classes}, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("dev.larder.spi.") || name.startsWith("dev.larder.backend.")) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
                return super.loadClass(name, resolve);
            }
        }
    }

    @Test
    void the_jar_twice() throws IOException {
        URL classes =
                CacheBackendFactory.class.getProtectionDomain().getCodeSource().getLocation();
        Thread here = Thread.currentThread();
        ClassLoader before = here.getContextClassLoader();
        try (OwnFirst application = new OwnFirst(classes, before)) {
            here.setContextClassLoader(application);
            assertThat(Deployments.failure())
                    .contains(
                            "Larder is loaded twice: from " + classes + " and from " + classes,
                            "WEB-INF/lib of each WAR");
        } finally {
            here.setContextClassLoader(before);
        }
    }

    interface Contract {
        @Cache
        String list();
    }

    @Path("things")
    @Dependent
    static class Implementation implements Contract {
        @GET
        @Override
        public String list() {
            return "";
        }
    }

    @Test
    void an_interface_that_only_jakarta_rest_knows_of() throws Exception {
        try (Deployments.Deployment deployment = Deployments.of()) {
            Deployment larder = deployment
                    .container()
                    .getBeanManager()
                    .getExtension(LarderExtension.class)
                    .modules()
                    .current();

            assertThatThrownBy(() -> larder.resource(Implementation.class, Implementation.class.getMethod("list")))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining(
                            "@Cache on " + HERE + "Contract.list cannot work: the method is abstract",
                            HERE + "Implementation");
        }
    }

    @Test
    void a_method_of_an_interface() {
        assertThat(Deployments.failure(Implementation.class))
                .contains("a problem", "@Cache on " + HERE + "Contract.list cannot work: the method is abstract")
                .isEqualTo(Deployments.failure(Implementation.class, Contract.class));
        assertThat(Deployments.failure(Contract.class)).contains("@Cache on the interface " + HERE + "Contract");
    }

    @Cache
    interface AnnotatedContract {
        String list();
    }

    @ApplicationScoped
    static class ImplementationOfAnnotated implements AnnotatedContract {
        @Override
        public String list() {
            return "";
        }
    }

    @Test
    void an_interface() {
        assertThat(Deployments.failure(ImplementationOfAnnotated.class))
                .contains("@Cache on the interface " + HERE + "AnnotatedContract cannot work");
    }

    abstract static class AbstractMethod<T> {
        @GET
        @Cache
        public abstract String list(T of);
    }

    @Path("things")
    @Dependent
    static class OverridesAbstractMethod extends AbstractMethod<String> {
        @Override
        public String list(String of) {
            return "";
        }
    }

    @Test
    void an_abstract_method_that_is_overridden_without_the_annotation() {
        assertThat(Deployments.failure(OverridesAbstractMethod.class))
                .contains("@Cache on " + HERE + "AbstractMethod.list cannot work", HERE + "OverridesAbstractMethod");
    }

    static class NotMadeByTheContainer {
        NotMadeByTheContainer(String any) {}

        @Cache
        public String list() {
            return "";
        }

        @GET
        @Cache
        public String answered() {
            return "";
        }
    }

    @ApplicationScoped
    static class ProducerOfTheLike {
        @Produces
        NotMadeByTheContainer things() {
            return new NotMadeByTheContainer("");
        }
    }

    @Test
    void what_a_producer_makes_by_hand() {
        assertThat(Deployments.failure(ProducerOfTheLike.class, NotMadeByTheContainer.class))
                .contains("a problem", "@Cache on " + HERE + "NotMadeByTheContainer.list cannot work")
                .contains("the producer method " + HERE + "ProducerOfTheLike.things returns")
                .contains("InterceptionFactory<NotMadeByTheContainer>");
    }

    @ApplicationScoped
    static class HolderOfTheLike {
        @Produces
        private final NotMadeByTheContainer things = new NotMadeByTheContainer("");
    }

    @Test
    void what_a_producer_field_holds() {
        assertThat(Deployments.failure(HolderOfTheLike.class))
                .contains("a problem", "@Cache on " + HERE + "NotMadeByTheContainer.list cannot work")
                .contains("the producer field " + HERE + "HolderOfTheLike.things holds")
                .contains("InterceptionFactory<NotMadeByTheContainer>");
    }

    @Test
    void a_class_without_a_constructor_for_the_container() {
        assertThat(Deployments.failure(NotMadeByTheContainer.class))
                .contains("a problem", "@Cache on " + HERE + "NotMadeByTheContainer.list cannot work")
                .contains("no constructor that the container can call");
    }

    class Inner {
        @Cache
        public String list() {
            return "";
        }
    }

    @Test
    void an_inner_class() {
        assertThat(Deployments.failure(Inner.class)).contains("@Cache on " + HERE + "Inner.list", "Make it static");
    }

    @ApplicationScoped
    static class SeveralMistakes {
        @Cache(backend = "redsi", ttl = -5, keyGenerator = NeedsArguments.class)
        public String list() {
            return "";
        }
    }

    @Test
    void several_problems_of_one_method() {
        assertThat(Deployments.failure(SeveralMistakes.class))
                .contains("3 problems", "'redsi'", "-5", "NeedsArguments");
    }

    @ApplicationScoped
    static class ModuleWithAnUnknownOption {
        @Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.local().option("max-entires", "5"))
                    .with("other", CacheSettings.of("needs-servers").option("max-entires", "5"));
        }
    }

    @Test
    void a_module_with_an_unknown_option() {
        assertThat(Deployments.failure(
                        GivenProperties.of("caches.other.backend", "local"), ModuleWithAnUnknownOption.class))
                .contains("a problem")
                .contains("'max-entires' that the CacheModule sets for the backend 'default'", "'max-entries'?");
    }

    @ApplicationScoped
    public static class EmptyModule implements CacheModule {
        @Override
        public Map<String, CacheSettings> caches() {
            return null;
        }
    }

    @Test
    void a_module_that_answers_null() {
        assertThat(Deployments.failure(EmptyModule.class)).contains(HERE + "EmptyModule returns null");
    }

    @Stereotype
    @Cache
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Cached {}

    @Dependent
    @Cached
    static class StereotypeOfNoResource {
        public String list() {
            return "";
        }
    }

    @Test
    void a_stereotype_on_a_type_that_is_no_resource() {
        assertThat(Deployments.failure(StereotypeOfNoResource.class))
                .contains("@Cache on " + HERE + "StereotypeOfNoResource covers nothing");
    }

    @Path("things")
    @Dependent
    @Cached
    static class StereotypeWithAFinalMethod {
        @GET
        public final String list() {
            return "";
        }
    }

    @Test
    void a_stereotype_on_a_type_with_a_final_method() {
        assertThat(Deployments.failure(StereotypeWithAFinalMethod.class))
                .contains(HERE + "StereotypeWithAFinalMethod.list", "the method is final");
    }

    @ApplicationScoped
    static class ModuleWithAnUnknownBackend {
        @Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.of("locla"));
        }
    }

    @Test
    void an_unknown_type_of_backend_in_a_module_is_no_key_of_configuration() {
        assertThat(Deployments.failure(ModuleWithAnUnknownBackend.class))
                .contains("The type of the backend 'default' in the CacheModule is 'locla'", "'local'?")
                .doesNotContain("configuration key");
        assertThat(Deployments.failure(
                        GivenProperties.of("caches.default.backend", "loacl"), ModuleWithAnUnknownBackend.class))
                .contains("The configuration key caches.default.backend is 'loacl'");
    }

    @Test
    void servers_for_a_backend_that_has_none() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.servers", "redis://u:geheim@h")))
                .contains("The backend 'default' cannot be created", "caches.default.servers is set", "'local'")
                .doesNotContain("geheim");
    }

    @Test
    void missing_servers_are_for_the_backend_to_say() {
        assertThat(Deployments.failure(GivenProperties.of("caches.default.backend", "needs-servers")))
                .contains("The backend 'default' cannot be created", "needs servers");
    }

    @Test
    void a_factory_that_throws_shows_no_password() {
        assertThat(Deployments.failure(GivenProperties.of(
                        "caches.default.backend",
                        "needs-servers",
                        "caches.default.servers",
                        "redis://user:geheim@host")))
                .contains("The backend 'default' cannot be created", "***@host")
                .doesNotContain("geheim");
    }

    @Test
    void all_problems_are_reported_together() {
        assertThat(Deployments.failure(
                        GivenProperties.of("caches.default.ttl", "soon", "caches.other.backend", "nix"),
                        PrivateMethod.class,
                        VoidMethod.class,
                        FinalClass.class,
                        TypeThatIsNoResource.class,
                        UnknownBackend.class,
                        NegativeTtl.class,
                        GeneratorThatCannotBeMade.class,
                        TwoModules.class))
                .contains("10 problems")
                .contains(
                        "PrivateMethod",
                        "VoidMethod",
                        "FinalClass",
                        "TypeThatIsNoResource",
                        "UnknownBackend",
                        "NegativeTtl",
                        "NeedsArguments",
                        "CacheModule",
                        "'soon'",
                        "'nix'");
    }

    @Test
    void nothing_of_a_failed_deployment_is_left() {
        Deployments.failure(GivenProperties.of("caches.own.backend", "counting"), NegativeTtl.class);

        assertThat(CountingFactory.OPEN).hasValue(0);
    }

    @ApplicationScoped
    static class ReadOnce {
        @Cache
        public Stream<String> stream() {
            return Stream.of();
        }

        @Cache
        public IntStream numbers() {
            return IntStream.of();
        }

        @Cache
        public Iterator<String> iterator() {
            return List.<String>of().iterator();
        }

        @Cache
        public ByteArrayInputStream input() {
            return new ByteArrayInputStream(new byte[1]);
        }

        @Cache
        public Reader reader() {
            return Reader.nullReader();
        }

        @Cache
        public Flow.Publisher<String> publisher() {
            return subscriber -> {};
        }

        @Cache
        public Optional<InputStream> maybe() {
            return Optional.empty();
        }

        @Cache
        public CompletionStage<Optional<Stream<String>>> later() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Cache
        public List<? extends Reader> readers() {
            return List.of();
        }

        @Cache
        public Map<String, List<InputStream[]>> inputs() {
            return Map.of();
        }
    }

    @Test
    void what_can_be_read_only_once() {
        assertThat(Deployments.failure(ReadOnce.class))
                .contains("10 problems", "can be read only once")
                .contains(Arrays.stream(ReadOnce.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(method -> "@Cache on " + HERE + "ReadOnce." + method.getName() + " cannot work")
                        .toList());
    }

    abstract static class Gives<T> {
        @Cache
        public T give() {
            return null;
        }
    }

    @ApplicationScoped
    static class GivesStreams extends Gives<Stream<String>> {}

    @Test
    void what_can_be_read_only_once_behind_a_type_variable() {
        assertThat(Deployments.failure(GivesStreams.class))
                .contains(
                        "a problem", "@Cache on " + HERE + "GivesStreams.give cannot work", "java.util.stream.Stream");
    }

    @ApplicationScoped
    @SuppressWarnings("rawtypes")
    static class SaysNothing {
        @Cache
        public Object object() {
            return "";
        }

        @Cache
        public List list() {
            return List.of();
        }

        @Cache
        public Optional<?> optional() {
            return Optional.empty();
        }

        @Cache
        public CompletionStage stage() {
            return CompletableFuture.completedFuture("");
        }

        @Cache
        public <T> T variable() {
            return null;
        }

        @Cache
        public <T extends Comparable<T>> Map<String, List<T>> variables() {
            return Map.of();
        }

        @Cache
        public List<List> nested() {
            return List.of();
        }
    }

    @Test
    void a_declared_type_that_says_nothing_where_bytes_are_kept() {
        assertThat(Deployments.failure(
                        GivenProperties.of("caches.default.options.isolation", "copy"), SaysNothing.class))
                .contains("7 problems", "backend 'default'", "keeps bytes")
                .contains(Arrays.stream(SaysNothing.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(method -> "@Cache on " + HERE + "SaysNothing." + method.getName() + " returns ")
                        .toList());
        Deployments.of(SaysNothing.class).close(); // references say themselves what they are
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Euro {}

    static class Converter {
        @Cache
        public String convert(int amount) {
            return "";
        }
    }

    @ApplicationScoped
    static class TwoConverters {
        @Produces
        @Euro
        Converter eur(InterceptionFactory<Converter> factory) {
            return factory.createInterceptedInstance(new Converter());
        }

        @Produces
        @ApplicationScoped
        Converter usd(InterceptionFactory<Converter> factory) {
            return factory.createInterceptedInstance(new Converter());
        }
    }

    @Test
    void two_producers_of_one_intercepted_class() {
        assertThat(Deployments.failure(TwoConverters.class))
                .contains("a problem", HERE + "TwoConverters.eur", HERE + "TwoConverters.usd", HERE + "Converter")
                .contains("share");
    }
}
