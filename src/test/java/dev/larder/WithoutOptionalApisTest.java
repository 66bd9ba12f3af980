package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.larder.cdi.CacheFeature;
import dev.larder.cdi.LarderExtension;
import dev.larder.rest.ServletCapture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.interceptor.Interceptor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the containers introspect names no type of an API that a server may not have. */
class WithoutOptionalApisTest {

    private static final List<Class<?>> INTROSPECTED = List.of(
            ContainerRequestFilter.class,
            ContainerResponseFilter.class,
            WriterInterceptor.class,
            ReaderInterceptor.class,
            MessageBodyReader.class,
            MessageBodyWriter.class,
            ExceptionMapper.class,
            ContextResolver.class,
            ParamConverterProvider.class,
            DynamicFeature.class,
            Feature.class,
            Extension.class);

    private static final Set<String> FOUND = introspected();

    static Stream<List<String>> absent() {
        List<String> all = List.of(
                "jakarta.servlet.",
                "jakarta.ejb.",
                "jakarta.transaction.",
                "jakarta.validation.",
                "org.eclipse.microprofile.");
        return Stream.concat(all.stream().map(List::of), Stream.of(all));
    }

    @Test
    void the_classes_that_the_containers_introspect_are_found() {
        assertThat(FOUND)
                .contains(
                        "dev.larder.cdi.CacheFeature",
                        "dev.larder.cdi.CacheInterceptor",
                        "dev.larder.cdi.LarderExtension",
                        "dev.larder.cdi.OutcomeInterceptor",
                        "dev.larder.cdi.ScannedCacheFeature",
                        "dev.larder.rest.BodyInterceptor",
                        "dev.larder.rest.CaptureFilter",
                        "dev.larder.rest.CommitInterceptor",
                        "dev.larder.rest.LastResponseFilter",
                        "dev.larder.rest.FirstResponseFilter",
                        "dev.larder.rest.InvalidationFilter",
                        "dev.larder.rest.KeyContextFilter",
                        "dev.larder.rest.UnboundCaptureFilter")
                .doesNotContain(ServletCapture.class.getName()); // registered only where there is Servlet
    }

    @ParameterizedTest
    @MethodSource("absent")
    void they_can_be_introspected(List<String> absent) throws Exception {
        Without loader = new Without(absent);
        for (String name : FOUND) {
            Class<?> type = Class.forName(name, true, loader);
            assertThat(type.getClassLoader()).isSameAs(loader);
            assertThatCode(() -> introspect(type)).as(name).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("absent")
    void a_deployment_has_its_feature_and_filters(List<String> absent) throws Exception {
        Without loader = new Without(absent);
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            ((Runnable) loader.loadClass(Deployed.class.getName())
                            .getConstructor()
                            .newInstance())
                    .run();
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    @Test
    void an_annotation_of_an_absent_api_is_as_if_it_were_not_there() throws Exception {
        String name = "dev.larder.rest.StoredResponseException";

        assertThat(annotations(new Without(List.of("jakarta.ejb.")).loadClass(name)))
                .isEmpty();
        assertThat(annotations(new Without(List.of("jakarta.servlet.")).loadClass(name)))
                .containsExactly("jakarta.ejb.ApplicationException");
    }

    private static List<String> annotations(Class<?> type) {
        return Stream.of(type.getAnnotations())
                .map(each -> each.annotationType().getName())
                .toList();
    }

    private static Set<String> introspected() {
        Set<String> found = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importUrl(
                        CacheFeature.class.getProtectionDomain().getCodeSource().getLocation())) {
            boolean provider = INTROSPECTED.stream().anyMatch(each::isAssignableTo);
            if ((provider || each.isAnnotatedWith(Interceptor.class))
                    && !each.isInterface()
                    && !each.isEquivalentTo(ServletCapture.class)) {
                found.add(each.getName());
            }
        }
        return found;
    }

    private static void introspect(Class<?> introspected) {
        for (Class<?> type = introspected; type != null; type = type.getSuperclass()) {
            read(type);
            assertThat(type.getInterfaces()).isNotNull();
            assertThat(type.getGenericInterfaces()).isNotNull();
            for (Field field : type.getDeclaredFields()) {
                read(field);
                assertThat(field.getGenericType()).isNotNull();
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                read(constructor);
            }
            for (Method method : type.getDeclaredMethods()) {
                read(method);
                assertThat(method.getGenericReturnType()).isNotNull();
            }
            assertThat(type.getMethods()).isNotEmpty();
        }
    }

    private static void read(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            assertThat(annotation.toString()).isNotEmpty(); // reads its members
        }
        if (element instanceof Executable executable) {
            assertThat(executable.getGenericParameterTypes()).isNotNull();
            assertThat(executable.getParameterAnnotations()).isNotNull();
            assertThat(executable.getGenericExceptionTypes()).isNotNull();
        }
    }

    @Path("books")
    @ApplicationScoped
    public static class Books {
        @GET
        @Cache
        public String list() {
            return "";
        }
    }

    /** Runs in the class loader: an application with a resource, whose filters are registered, and of which one runs. */
    public static class Deployed implements Runnable {

        @Override
        public void run() {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(new LarderExtension())
                    .addBeanClasses(Books.class)
                    .initialize()) {
                assertThat(container.select(Books.class).get().list()).isEmpty();
                List<Object> registered = new ArrayList<>();
                new CacheFeature().configure(info(), context(registered));
                List<String> names = registered.stream()
                        .map(any -> any instanceof Class<?> type ? type : any.getClass())
                        .map(Class::getSimpleName)
                        .toList();
                assertThat(names).contains("CaptureFilter", "LastResponseFilter", "BodyInterceptor");
                assertThat(names.contains("ServletCapture")).isEqualTo(ServletCapture.isPossible());
                RequestContextController of =
                        container.select(RequestContextController.class).get();
                of.activate();
                for (Object each : registered) {
                    if (each instanceof ContainerRequestFilter filter) {
                        filter.filter(request());
                    }
                }
                of.deactivate();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static ResourceInfo info() {
            return fake(ResourceInfo.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getResourceClass" -> Books.class;
                case "getResourceMethod" -> Books.class.getMethod("list");
                default -> null;
            });
        }

        private static FeatureContext context(List<Object> registered) {
            return fake(FeatureContext.class, (proxy, method, arguments) -> {
                if (method.getName().equals("getConfiguration")) {
                    return fake(Configuration.class, (of, asked, none) -> false);
                }
                registered.add(arguments[0]);
                return proxy;
            });
        }

        private static ContainerRequestContext request() {
            URI uri = URI.create("http://shop.example/books");
            return fake(ContainerRequestContext.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getMethod" -> "GET";
                case "getHeaders" -> new MultivaluedHashMap<String, String>();
                case "getUriInfo" ->
                    fake(UriInfo.class, (of, asked, none) -> asked.getName().equals("getRequestUri") ? uri : null);
                case "getSecurityContext" -> fake(SecurityContext.class, (of, asked, none) -> null);
                default -> null;
            });
        }

        private static <T> T fake(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(Deployed.class.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }

    /** Defines Larder's classes itself and has never heard of some packages. */
    private static final class Without extends ClassLoader {

        private final List<String> absent;

        Without(List<String> absent) {
            super(WithoutOptionalApisTest.class.getClassLoader());
            this.absent = absent;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (absent.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.larder.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (this) {
                Class<?> known = findLoadedClass(name);
                return known == null ? defined(name) : known;
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
