package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.larder.Cache;
import dev.larder.cdi.Deployments.Deployment;
import dev.larder.service.Logs;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands around a cached method runs on a hit, or fails the deployment. */
class InterceptorOrderTest {

    private static final String HERE = "dev.larder.cdi.InterceptorOrderTest$";

    private static final List<String> CALLED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger RUNS = new AtomicInteger();

    @BeforeEach
    void forget() {
        CALLED.clear();
        RUNS.set(0);
        Masking.masks = false;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Inherited
    @InterceptorBinding
    public @interface Traced {}

    public abstract static class Tracing {
        @AroundInvoke
        Object trace(InvocationContext call) throws Exception {
            Class<?> type = getClass();
            while (!type.isAnnotationPresent(Interceptor.class)) { // Weld's subclass
                type = type.getSuperclass();
            }
            CALLED.add(type.getSimpleName());
            return call.proceed();
        }
    }

    @Traced
    @Interceptor
    @Priority(100)
    public static class At100 extends Tracing {}

    @Traced
    @Interceptor
    @Priority(Interceptor.Priority.LIBRARY_BEFORE)
    public static class AtLibraryBefore extends Tracing {}

    @Traced
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class AtApplication extends Tracing {}

    @Traced
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_AFTER + 10)
    public static class AtPlatformAfter extends Tracing {}

    @Traced
    @Interceptor
    @Priority(4750)
    public static class At4750 extends Tracing {}

    @Traced
    @Interceptor
    @Priority(5000)
    public static class At5000 extends Tracing {}

    @Traced
    @Interceptor
    @Priority(Integer.MAX_VALUE)
    public static class AtMaximum extends Tracing {}

    private static final List<Class<?>> IN_ORDER = List.of(
            At100.class,
            AtLibraryBefore.class,
            AtApplication.class,
            AtPlatformAfter.class,
            At4750.class,
            At5000.class,
            AtMaximum.class);

    @ApplicationScoped
    public static class Books {
        @Traced
        @Cache
        public String list() {
            return "v" + RUNS.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                At100.class,
                AtLibraryBefore.class,
                AtApplication.class,
                AtPlatformAfter.class,
                At4750.class,
                At5000.class,
                AtMaximum.class
            })
    void an_interceptor_runs_on_a_hit_whatever_its_priority(Class<?> interceptor) {
        try (Deployment deployment = Deployments.of(Books.class, interceptor)) {
            Books books = deployment.bean(Books.class);
            assertThat(books.list()).isEqualTo("v1");
            CALLED.clear();

            assertThat(books.list()).isEqualTo("v1");

            assertThat(CALLED).containsExactly(interceptor.getSimpleName());
        }
    }

    @Test
    void the_order_among_the_interceptors_of_the_application_stays_on_a_miss_and_on_a_hit() {
        List<Class<?>> beans = new ArrayList<>(IN_ORDER);
        beans.add(2, Books.class);
        try (Deployment deployment = Deployments.of(beans.toArray(Class<?>[]::new))) {
            Books books = deployment.bean(Books.class);
            for (int i = 0; i < 2; i++) {
                CALLED.clear();
                assertThat(books.list()).isEqualTo("v1");
                assertThat(CALLED)
                        .isEqualTo(IN_ORDER.stream().map(Class::getSimpleName).toList());
            }
        }
    }

    @Test
    void the_cache_is_moved_behind_all_that_come_after_it_and_nothing_else_is_moved() {
        List<Class<?>> enabled = new ArrayList<>(
                List.of(OutcomeInterceptor.class, At4750.class, CacheInterceptor.class, At5000.class, AtMaximum.class));
        InterceptorOrder.moveInwards(enabled);
        assertThat(enabled)
                .containsExactly(
                        OutcomeInterceptor.class, At4750.class, At5000.class, AtMaximum.class, CacheInterceptor.class);

        List<Class<?>> without = new ArrayList<>(List.of(At100.class, AtMaximum.class));
        InterceptorOrder.moveInwards(without);
        assertThat(without).containsExactly(At100.class, AtMaximum.class);
    }

    // what would not run on a hit

    @Traced
    @Interceptor
    public static class Unprioritized extends Tracing {}

    @Stereotype
    @Traced
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Shown {}

    @Stereotype
    @Shown
    @Retention(RetentionPolicy.RUNTIME)
    public @interface ShownByAnother {}

    @Traced
    @Retention(RetentionPolicy.RUNTIME)
    @InterceptorBinding
    public @interface Audited {}

    @Traced
    @ApplicationScoped
    public static class BoundByType {
        @Cache
        public String list() {
            return "";
        }
    }

    @ApplicationScoped
    public static class BoundByParent extends BoundByType {
        @Override
        @Cache
        public String list() {
            return "";
        }
    }

    @Shown
    @ApplicationScoped
    public static class BoundByStereotype {
        @Cache
        public String list() {
            return "";
        }
    }

    @ShownByAnother
    @ApplicationScoped
    public static class BoundByStereotypeOfStereotype {
        @Cache
        public String list() {
            return "";
        }
    }

    @ApplicationScoped
    public static class BoundByBinding {
        @Audited
        @Cache
        public String list() {
            return "";
        }
    }

    @Path("x")
    @RequestScoped
    public static class BoundResource {
        @GET
        @Traced
        @Cache
        public String list() {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Books.class,
                BoundByType.class,
                BoundByParent.class,
                BoundByStereotype.class,
                BoundByStereotypeOfStereotype.class,
                BoundByBinding.class,
                BoundResource.class
            })
    void an_interceptor_without_a_priority_fails_the_deployment(Class<?> bean) {
        assertThat(Deployments.failure(with -> with.enableInterceptors(Unprioritized.class), bean, Unprioritized.class))
                .endsWith("@Cache on " + bean.getName() + ".list cannot work: CDI calls the interceptor " + HERE
                        + "Unprioritized after Larder's interceptor, so it would not run on a hit: beans.xml enables it, and it"
                        + " has no priority. Annotate it with @Priority");
    }

    @Dependent
    public static class Unbound {
        @Cache
        public String list() {
            return "";
        }

        @Traced
        public String other() {
            return "";
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @InterceptorBinding
    public @interface Ranked {
        int value();

        @Nonbinding
        String note() default "";
    }

    @Ranked(1)
    @Interceptor
    public static class FirstRank extends Tracing {}

    @ApplicationScoped
    public static class OfFirstRank {
        @Ranked(value = 1, note = "another")
        @Cache
        public String list() {
            return "";
        }
    }

    @ApplicationScoped
    public static class OfSecondRank {
        @Ranked(2)
        @Cache
        public String list() {
            return "";
        }
    }

    /** A method's binding replaces that of its type. */
    @Ranked(1)
    @ApplicationScoped
    public static class OfReplacedRank {
        @Ranked(2)
        @Cache
        public String list() {
            return "";
        }
    }

    @Traced
    @Ranked(1)
    @Interceptor
    public static class OfBoth extends Tracing {}

    @Test
    void an_interceptor_of_another_method_is_no_mistake() {
        isDeployed(Unprioritized.class, Unbound.class);
    }

    @Test
    void an_interceptor_of_another_binding_is_no_mistake() {
        isDeployed(FirstRank.class, Books.class);
    }

    @Test
    void an_interceptor_of_two_bindings_is_no_mistake_where_there_is_one_of_them() {
        isDeployed(OfBoth.class, Books.class);
        isDeployed(OfBoth.class, OfFirstRank.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {OfSecondRank.class, OfReplacedRank.class})
    void an_interceptor_of_another_member_value_is_no_mistake(Class<?> bean) {
        isDeployed(FirstRank.class, bean);
    }

    @Test
    void a_nonbinding_member_does_not_count() {
        assertThat(Deployments.failure(
                        with -> with.enableInterceptors(FirstRank.class), OfFirstRank.class, FirstRank.class))
                .contains("@Cache on " + HERE + "OfFirstRank.list", "the interceptor " + HERE + "FirstRank");
    }

    private static void isDeployed(Class<?> interceptor, Class<?> bean) {
        assertThatCode(() -> Deployments.enabling(with -> with.enableInterceptors(interceptor), bean, interceptor)
                        .close())
                .doesNotThrowAnyException();
    }

    @ApplicationScoped
    public static class OwnAround {
        @Cache
        public String list() {
            return "";
        }

        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }

    public static class AroundAbove {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }

    @ApplicationScoped
    public static class InheritedAround extends AroundAbove {
        @Cache
        public String list() {
            return "";
        }
    }

    @Test
    void an_around_invoke_method_of_the_class_fails_the_deployment() {
        assertThat(Deployments.failure(OwnAround.class)).endsWith(around("OwnAround", "OwnAround"));
    }

    @Test
    void an_around_invoke_method_of_a_superclass_fails_the_deployment() {
        assertThat(Deployments.failure(InheritedAround.class)).endsWith(around("InheritedAround", "AroundAbove"));
    }

    private static String around(String bean, String declaring) {
        return "@Cache on " + HERE + bean + ".list cannot work: CDI calls the @AroundInvoke method " + HERE + declaring
                + ".around after Larder's interceptor, so it would not run on a hit. Move it to an interceptor class";
    }

    public interface Catalog {
        String list();

        String other();
    }

    @ApplicationScoped
    public static class CachedCatalog implements Catalog {
        @Override
        @Cache
        public String list() {
            return "";
        }

        @Override
        public String other() {
            return "";
        }
    }

    @Decorator
    @Dependent
    public static class Enabled implements Catalog {
        @Inject
        @Delegate
        @Any
        Catalog decorated;

        @Override
        public String list() {
            return decorated.list();
        }

        @Override
        public String other() {
            return decorated.other();
        }
    }

    @Decorator
    @Dependent
    public abstract static class OfOther implements Catalog {
        @Inject
        @Delegate
        @Any
        Catalog decorated;

        @Override
        public String other() {
            return decorated.other();
        }
    }

    public interface Elsewhere {
        String list();
    }

    @ApplicationScoped
    public static class UncachedElsewhere implements Elsewhere {
        @Override
        public String list() {
            return "";
        }
    }

    @Decorator
    @Dependent
    public static class OfElsewhere implements Elsewhere {
        @Inject
        @Delegate
        @Any
        Elsewhere decorated;

        @Override
        public String list() {
            return decorated.list();
        }
    }

    @Test
    void a_decorator_of_the_cached_method_fails_the_deployment() {
        assertThat(Deployments.failure(
                        with -> with.enableDecorators(Enabled.class), CachedCatalog.class, Enabled.class))
                .endsWith(decorated("Enabled"));
    }

    @Test
    void a_decorator_with_a_priority_fails_the_deployment_as_well() {
        assertThat(Deployments.failure(CachedCatalog.class, Prioritized.class)).endsWith(decorated("Prioritized"));
    }

    @Priority(Interceptor.Priority.APPLICATION)
    @Decorator
    @Dependent
    public static class Prioritized implements Catalog {
        @Inject
        @Delegate
        @Any
        Catalog decorated;

        @Override
        public String list() {
            return decorated.list();
        }

        @Override
        public String other() {
            return decorated.other();
        }
    }

    private static String decorated(String decorator) {
        return "@Cache on " + HERE + "CachedCatalog.list cannot work: CDI calls the decorator " + HERE + decorator
                + " after Larder's interceptor, so it would not run on a hit. Make an interceptor of it, or cache what"
                + " calls the decorated bean";
    }

    @Test
    void a_decorator_without_the_cached_method_is_no_mistake() {
        assertThatCode(() -> Deployments.enabling(
                                with -> with.enableDecorators(OfOther.class), CachedCatalog.class, OfOther.class)
                        .close())
                .doesNotThrowAnyException();
    }

    @Test
    void a_decorator_of_another_bean_is_no_mistake() {
        assertThatCode(() -> Deployments.enabling(
                                with -> with.enableDecorators(OfElsewhere.class),
                                CachedCatalog.class,
                                UncachedElsewhere.class,
                                OfElsewhere.class)
                        .close())
                .doesNotThrowAnyException();
    }

    @Test
    void a_decorator_that_is_not_enabled_is_no_mistake() {
        assertThatCode(() -> Deployments.of(CachedCatalog.class, Enabled.class).close())
                .doesNotThrowAnyException();
    }

    // what the application is told

    @Path("intercepted")
    @RequestScoped
    public static class InterceptedResource {
        @GET
        @Traced
        @Cache
        public String list() {
            return "";
        }
    }

    @Path("alone")
    @RequestScoped
    public static class AloneResource {
        @GET
        @Cache
        public String list() {
            return "";
        }

        @GET
        @Path("other")
        @Traced
        public String other() {
            return "";
        }
    }

    @Test
    void the_interceptors_around_a_cached_resource_method_are_named() {
        assertThat(infos(InterceptedResource.class, AtMaximum.class, At100.class))
                .containsExactly(
                        "On a hit of a resource method, interceptors of the application see the empty value of its"
                                + " return type, so they cannot hide the stored response by returning that value: "
                                + HERE + "At100, " + HERE + "AtMaximum");
    }

    @Test
    void nothing_is_said_where_only_other_methods_have_interceptors() {
        assertThat(infos(AloneResource.class, Books.class, AtMaximum.class)).isEmpty();
    }

    private static List<String> infos(Class<?>... beans) {
        try (Logs logs = new Logs()) {
            Deployments.of(beans).close();
            return logs.at(Level.INFO).stream()
                    .filter(line -> line.contains("interceptors of the application"))
                    .toList();
        }
    }

    // what they return instead

    @Retention(RetentionPolicy.RUNTIME)
    @InterceptorBinding
    public @interface Masked {}

    @Masked
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class Masking {
        static volatile boolean masks;

        @AroundInvoke
        Object mask(InvocationContext call) throws Exception {
            Object answer = call.proceed();
            CALLED.add(String.valueOf(answer));
            return masks ? "***" : answer;
        }
    }

    @ApplicationScoped
    public static class Secrets {
        @Masked
        @Cache
        public String secret() {
            return "v" + RUNS.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_an_interceptor_returns_instead_is_not_stored_and_on_a_hit_it_sees_the_true_value(boolean first) {
        try (Deployment deployment = Deployments.of(Secrets.class, Masking.class)) {
            Secrets secrets = deployment.bean(Secrets.class);
            for (boolean masks : new boolean[] {first, !first, first}) {
                Masking.masks = masks;
                assertThat(secrets.secret()).isEqualTo(masks ? "***" : "v1");
            }
        }
        assertThat(CALLED).containsExactly("v1", "v1", "v1");
        assertThat(RUNS).hasValue(1);
    }
}
