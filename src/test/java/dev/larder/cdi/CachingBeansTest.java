package dev.larder.cdi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.UnknownBackendException;
import dev.larder.cdi.Deployments.Deployment;
import dev.larder.policy.GivenProperties;
import dev.larder.service.Logs;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import jakarta.interceptor.InterceptorBinding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jboss.weld.context.bound.BoundSessionContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code @Cache} on beans that are no resources, and the service, in a container. */
@Timeout(120)
class CachingBeansTest {

    private static final AtomicInteger CALLS = new AtomicInteger();

    @BeforeEach
    void start() {
        CALLS.set(0);
    }

    public static class Methods implements Serializable {
        @Cache
        public String text(String argument) {
            return argument + CALLS.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class InApplication extends Methods {}

    @Singleton
    public static class InSingleton extends Methods {}

    @Dependent
    public static class InDependent extends Methods {}

    @RequestScoped
    public static class InRequest extends Methods {}

    @SessionScoped
    public static class InSession extends Methods {}

    @Test
    void beans_of_each_scope_are_cached() {
        try (Deployment app = Deployments.of(InApplication.class, InSingleton.class, InDependent.class)) {
            for (Class<? extends Methods> type : List.of(InApplication.class, InSingleton.class, InDependent.class)) {
                String first = app.bean(type).text("a");
                assertThat(app.bean(type).text("a")).isEqualTo(first);
                assertThat(app.bean(type).text("b")).isNotEqualTo(first);
            }
            // a class is part of the key: six calls, though the method is one
            assertThat(CALLS).hasValue(6);
        }
    }

    @InterceptorBinding
    @Cache(ttl = 60)
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface ForAMinute {}

    @InterceptorBinding
    @ForAMinute
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Often {}

    @ApplicationScoped
    static class ByAnotherBinding {
        @ForAMinute
        public int direct() {
            return CALLS.incrementAndGet();
        }

        @Often
        public int indirect() {
            return CALLS.incrementAndGet();
        }

        @ForAMinute
        @Cache(ttl = 0)
        public int replaced() {
            return CALLS.incrementAndGet();
        }
    }

    @Test
    void an_interceptor_binding_that_carries_the_annotation_stands_for_it() {
        try (Deployment app = Deployments.configured(
                GivenProperties.of("cache.\"" + ByAnotherBinding.class.getName() + "/direct\".ttl", "1000"),
                ByAnotherBinding.class)) {
            ByAnotherBinding bean = app.bean(ByAnotherBinding.class);

            assertThat(bean.direct()).isEqualTo(bean.direct());
            assertThat(bean.indirect()).isEqualTo(bean.indirect());
            assertThat(bean.replaced()).isNotEqualTo(bean.replaced());
        }
    }

    static class NotMadeByTheContainer {
        private final int first;

        NotMadeByTheContainer(int first) {
            this.first = first;
        }

        @Cache
        public int number() {
            return first + CALLS.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class PutsInterceptorsBefore {
        @Produces
        NotMadeByTheContainer thing(InterceptionFactory<NotMadeByTheContainer> factory) {
            return factory.createInterceptedInstance(new NotMadeByTheContainer(100));
        }
    }

    @Test
    void what_a_producer_makes_is_cached_if_it_puts_the_interceptors_before_it() {
        // in an archive of mode all the container looks at the class itself, too
        try (Deployment app = Deployments.of(PutsInterceptorsBefore.class, NotMadeByTheContainer.class)) {
            assertThat(app.bean(NotMadeByTheContainer.class).number()).isEqualTo(101);
            assertThat(app.bean(NotMadeByTheContainer.class).number()).isEqualTo(101);
        }
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface ByHand {}

    @ApplicationScoped
    static class MadeByBoth {
        @Cache
        public int number() {
            return CALLS.incrementAndGet();
        }

        @Produces
        @ByHand
        MadeByBoth other() {
            return new MadeByBoth();
        }
    }

    @Test
    void a_producer_of_what_is_a_bean_too_is_its_own_business() {
        try (Deployment app = Deployments.of(MadeByBoth.class)) {
            MadeByBoth bean = app.container()
                    .select(MadeByBoth.class, Default.Literal.INSTANCE)
                    .get();
            assertThat(bean.number()).isEqualTo(bean.number());
        }
    }

    @Test
    void a_bean_in_request_scope_is_cached_beyond_its_request() {
        try (Deployment app = Deployments.of(InRequest.class)) {
            for (int i = 0; i < 2; i++) {
                RequestContextController request = app.bean(RequestContextController.class);
                request.activate();
                try {
                    assertThat(app.bean(InRequest.class).text("a")).isEqualTo("a1");
                } finally {
                    request.deactivate();
                }
            }
        }
    }

    @Test
    void a_bean_in_session_scope_is_cached_and_passivated() throws Exception {
        try (Deployment app = Deployments.of(InSession.class)) {
            BoundSessionContext sessions = app.container()
                    .select(BoundSessionContext.class, org.jboss.weld.context.bound.BoundLiteral.INSTANCE)
                    .get();
            java.util.Map<String, Object> session = new java.util.HashMap<>();
            sessions.associate(session);
            sessions.activate();
            assertThat(app.bean(InSession.class).text("a")).isEqualTo("a1");
            sessions.deactivate();
            sessions.dissociate(session);

            java.util.Map<String, Object> passivated = copied(session);
            sessions.associate(passivated);
            sessions.activate();
            assertThat(app.bean(InSession.class).text("a")).isEqualTo("a1");
            assertThat(app.bean(InSession.class).text("b")).isEqualTo("b2");
            sessions.invalidate();
            sessions.deactivate();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T copied(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @ApplicationScoped
    public static class Shapes {
        @Cache
        public Optional<String> optional(boolean full) {
            return full ? Optional.of("v" + CALLS.incrementAndGet()) : empty();
        }

        private static Optional<String> empty() {
            CALLS.incrementAndGet();
            return Optional.empty();
        }

        @Cache
        public CompletionStage<String> stage(String argument) {
            return CompletableFuture.supplyAsync(() -> argument + CALLS.incrementAndGet());
        }

        @Cache
        public CompletableFuture<Optional<String>> both(String argument) {
            return CompletableFuture.completedFuture(Optional.of(argument + CALLS.incrementAndGet()));
        }

        @Cache
        public CompletionStage<String> failing() {
            CALLS.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("no"));
        }

        @Cache
        public String nothing() {
            CALLS.incrementAndGet();
            return null;
        }

        @Cache
        public String throwing() {
            CALLS.incrementAndGet();
            throw new IllegalArgumentException("mine");
        }

        @Cache
        public int primitive(int n) {
            return n + CALLS.incrementAndGet();
        }

        @Cache
        public <T> List<String> list(T one, T two) {
            CALLS.incrementAndGet();
            return new ArrayList<>(List.of(one.toString(), two.toString()));
        }

        @Cache(ttl = 0)
        public int never() {
            return CALLS.incrementAndGet();
        }

        @Cache
        public String of(Object unwritable) {
            return "v" + CALLS.incrementAndGet();
        }
    }

    interface WithDefault {
        @Cache
        default String inherited() {
            return "v" + CALLS.incrementAndGet();
        }

        @Cache
        String implemented();
    }

    abstract static class WithAbstract<T> {
        @Cache(ttl = 0)
        public abstract String overridden(T argument);
    }

    @ApplicationScoped
    static class Heir extends WithAbstract<String> implements WithDefault {
        @Override
        @Cache
        public String implemented() {
            return "v" + CALLS.incrementAndGet();
        }

        @Override
        @Cache
        public String overridden(String argument) {
            return "v" + CALLS.incrementAndGet();
        }
    }

    @Test
    void a_default_method_is_cached_and_an_abstract_one_as_its_implementation_says() {
        try (Deployment app = Deployments.of(Heir.class, WithDefault.class)) {
            Heir bean = app.bean(Heir.class);

            assertThat(bean.inherited()).isEqualTo(bean.inherited());
            assertThat(bean.implemented()).isEqualTo(bean.implemented());
            assertThat(bean.overridden("a")).isEqualTo(bean.overridden("a"));
        }
    }

    @Test
    void a_full_optional_is_cached_and_an_empty_one_is_not() {
        twice(app -> {
            assertThat(app.optional(true)).contains("v1");
            assertThat(app.optional(true)).contains("v1");
            assertThat(app.optional(false)).isEmpty();
            assertThat(app.optional(false)).isEmpty();
            assertThat(CALLS).hasValue(3);
        });
    }

    @Test
    void the_value_of_a_stage_is_cached() {
        twice(app -> {
            assertThat(app.stage("a").toCompletableFuture().join()).isEqualTo("a1");
            assertThat(app.stage("a").toCompletableFuture().join()).isEqualTo("a1");
            assertThat(app.both("b").join()).contains("b2");
            assertThat(app.both("b").join()).contains("b2");
        });
    }

    @Test
    void a_failed_stage_is_not_cached() {
        twice(app -> {
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(() -> app.failing().toCompletableFuture().join())
                        .hasRootCauseInstanceOf(IllegalStateException.class);
                assertThat(CALLS).hasValue(i);
            }
        });
    }

    @Test
    void null_is_not_cached() {
        twice(app -> {
            assertThat(app.nothing()).isNull();
            assertThat(app.nothing()).isNull();
            assertThat(CALLS).hasValue(2);
        });
    }

    @Test
    void the_methods_own_exception_arrives_and_is_not_cached() {
        twice(app -> {
            for (int i = 1; i <= 2; i++) {
                assertThatThrownBy(app::throwing)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("mine");
                assertThat(CALLS).hasValue(i);
            }
        });
    }

    @Test
    void primitives_generic_types_and_a_ttl_of_zero() {
        twice(app -> {
            assertThat(app.primitive(5)).isEqualTo(6);
            assertThat(app.primitive(5)).isEqualTo(6);
            assertThat(app.list("a", "b")).containsExactly("a", "b");
            assertThat(app.list("a", "b")).containsExactly("a", "b");
            assertThat(CALLS).hasValue(2);
            assertThat(app.never()).isEqualTo(3);
            assertThat(app.never()).isEqualTo(4);
        });
    }

    @ApplicationScoped
    public static class OfVariables {
        @Cache
        public <T> List<T> list(T one, T two) {
            CALLS.incrementAndGet();
            return List.of(one, two);
        }
    }

    @Test
    void references_say_themselves_what_they_are() {
        try (Deployment app = Deployments.of(OfVariables.class)) {
            assertThat(app.bean(OfVariables.class).list(1, 2)).containsExactly(1, 2);
            assertThat(app.bean(OfVariables.class).list(1, 2)).containsExactly(1, 2);
            assertThat(CALLS).hasValue(1);
        }
    }

    @Test
    void arguments_that_cannot_be_written_run_uncached_and_are_logged_once() {
        try (Logs logs = new Logs()) {
            twice(app -> {
                assertThat(app.of(new Object())).isEqualTo("v1");
                assertThat(app.of(new Object())).isEqualTo("v2");
                assertThat(app.of(null)).isEqualTo("v3");
                assertThat(app.of(null)).isEqualTo("v3");
                assertThat(app.of("null")).isEqualTo("v4");
            });
            assertThat(logs.at(Level.WARNING)).hasSize(2).allMatch(text -> text.contains("Shapes.of(Object)"));
        }
    }

    /** On references, and on copies. */
    private static void twice(java.util.function.Consumer<Shapes> test) {
        for (String isolation : new String[] {"reference", "copy"}) {
            CALLS.set(0);
            try (Deployment app = Deployments.configured(
                    GivenProperties.of("caches.default.options.isolation", isolation), Shapes.class)) {
                test.accept(app.bean(Shapes.class));
            }
        }
    }

    @Test
    void callers_of_one_missing_key_share_a_call_but_no_mutable_object_where_copies_are_kept() throws Exception {
        try (Deployment app =
                Deployments.configured(GivenProperties.of("caches.default.options.isolation", "copy"), Slow.class)) {
            Slow slow = app.bean(Slow.class);
            ExecutorService threads = Executors.newCachedThreadPool();
            try {
                Future<List<String>> one = threads.submit(slow::list);
                Slow.ENTERED.await(20, SECONDS);
                Future<List<String>> two = threads.submit(slow::list);
                Future<List<String>> three = threads.submit(slow::list);
                while (two.isDone() || three.isDone()) {
                    throw new AssertionError("they must wait");
                }
                Slow.LEAVE.countDown();
                List<List<String>> answers =
                        List.of(one.get(20, SECONDS), two.get(20, SECONDS), three.get(20, SECONDS));
                answers.get(0).add("mine");
                answers.get(1).add("yours");

                assertThat(answers.get(1)).containsExactly("v", "yours");
                assertThat(answers.get(2)).containsExactly("v");
                assertThat(CALLS).hasValue(1);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @ApplicationScoped
    public static class Slow {
        static final CountDownLatch ENTERED = new CountDownLatch(1);
        static final CountDownLatch LEAVE = new CountDownLatch(1);

        @Cache
        public List<String> list() throws InterruptedException {
            CALLS.incrementAndGet();
            ENTERED.countDown();
            LEAVE.await(20, SECONDS);
            return new ArrayList<>(List.of("v"));
        }
    }

    // the service

    @ApplicationScoped
    public static class Injected {
        @Inject
        ICacheService cache;

        ICacheService cache() {
            return cache;
        }
    }

    @Test
    void the_service_is_injected() {
        try (Deployment app = Deployments.of(Injected.class)) {
            ICacheService cache = app.bean(Injected.class).cache();
            assertThat(cache.set("k", "v")).isTrue();
            assertThat(app.bean(ICacheService.class).get("k", String.class)).contains("v");
            assertThatThrownBy(() -> cache.backend("x")).isInstanceOf(UnknownBackendException.class);
        }
    }

    @ApplicationScoped
    public static class Module {
        @Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.local().keyPrefix("default"))
                    .with("local", CacheSettings.local().keyPrefix("m"));
        }
    }

    @Test
    void a_module_sets_backends_up_and_configuration_overrides_it() {
        try (Deployment app = Deployments.configured(GivenProperties.of("caches.local.ttl", "0"), Module.class)) {
            ICacheService cache = app.bean(ICacheService.class);
            cache.set("k", "v");
            assertThat(cache.hasKey("k")).isTrue();
            cache.backend("local").set("k", "v");
            assertThat(cache.backend("local").hasKey("k")).isFalse();
        }
    }

    // configuration

    private static final String TEXT = "cache.\"dev.larder.cdi.CachingBeansTest$InApplication/text\".";

    @Test
    void without_configuration_on_the_server_the_module_counts_and_a_line_says_so() {
        try (Logs logs = new Logs();
                SeContainer app = Deployments.withoutConfiguration(Module.class, InApplication.class)) {
            ICacheService cache = app.select(ICacheService.class).get();
            InApplication bean = app.select(InApplication.class).get();

            assertThat(bean.text("a")).isEqualTo(bean.text("a"));
            assertThat(cache.backend("local").set("k", "v")).isTrue();
            assertThat(cache.backend("local").hasKey("k")).isTrue();
            assertThat(logs.at(Level.INFO))
                    .filteredOn(line -> line.contains("MicroProfile Config"))
                    .hasSize(1);
        }
    }

    @Test
    void configuration_switches_a_method_off() {
        for (GivenProperties off : List.of(
                GivenProperties.of(TEXT + "enabled", "false"),
                GivenProperties.of("cache.\"dev.larder.cdi.CachingBeansTest$InApplication\".ttl", "0"),
                GivenProperties.of("CACHE_ENABLED", "false"),
                GivenProperties.of("CACHE__DEV_LARDER_CDI_CACHINGBEANSTEST_INAPPLICATION_TEXT__ENABLED", "false"))) {
            try (Deployment app = Deployments.configured(off, InApplication.class)) {
                assertThat(app.bean(InApplication.class).text("a"))
                        .isNotEqualTo(app.bean(InApplication.class).text("a"));
            }
        }
    }

    @Test
    void the_environment_alone_makes_a_backend() {
        try (Deployment app = Deployments.configured(GivenProperties.of(
                "CACHES_MY_APP_TTL", "7",
                "CACHES_DEFAULT_KEY_PREFIX", "p",
                "CACHES_DEFAULT_OPTIONS_MAX_BYTES", "100000",
                "CACHES_MY_APP_OPTIONS_MAX_ENTRIES", "5"))) {
            assertThat(app.bean(ICacheService.class).backend("my_app").set("k", "v"))
                    .isTrue();
        }
    }

    // key generators

    public abstract static class ByArgument implements CacheKeyGenerator {
        @Inject
        Injected injected;

        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            assertThat(context.resourceClass()).isEqualTo(Generated.class);
            assertThat(context.resourceMethod().getName()).isIn("plain", "bean", "dependent");
            assertThat(injected.cache()).isNotNull();
            assertThatThrownBy(context::uriInfo).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(context::headers).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(context::request).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(context::securityContext).isInstanceOf(IllegalStateException.class);
            Object argument = context.parameters()[0];
            return argument == null ? null : keyPrefix + "/" + argument;
        }
    }

    public static class PlainGenerator extends ByArgument {}

    @ApplicationScoped
    public static class BeanGenerator extends ByArgument {}

    @Dependent
    public static class DependentGenerator extends ByArgument {
        static final AtomicInteger DESTROYED = new AtomicInteger();

        @PreDestroy
        void gone() {
            DESTROYED.incrementAndGet();
        }
    }

    public static class Throwing implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            throw new UnsupportedOperationException("no key");
        }
    }

    public static class Failing implements CacheKeyGenerator {
        @Override
        public String generate(CacheKeyContext context, String keyPrefix) {
            throw new AssertionError("no key");
        }
    }

    @ApplicationScoped
    public static class Generated {
        @Cache(keyGenerator = PlainGenerator.class, keyPrefix = "x")
        public String plain(String argument) {
            return "plain" + CALLS.incrementAndGet();
        }

        @Cache(keyGenerator = BeanGenerator.class, keyPrefix = "x")
        public String bean(String argument) {
            return "bean" + CALLS.incrementAndGet();
        }

        @Cache(keyGenerator = DependentGenerator.class)
        public String dependent(String argument) {
            return "dependent" + CALLS.incrementAndGet();
        }

        @Cache(keyGenerator = Throwing.class)
        public String throwing() {
            return "throwing" + CALLS.incrementAndGet();
        }

        @Cache(keyGenerator = Failing.class)
        public String failing() {
            return "failing" + CALLS.incrementAndGet();
        }
    }

    @Test
    void a_key_generator_is_a_bean_of_any_scope_or_an_injected_instance() {
        int before = DependentGenerator.DESTROYED.get();
        try (Deployment app = Deployments.configured(
                GivenProperties.of("caches.default.key-prefix", "app"),
                Generated.class,
                BeanGenerator.class,
                DependentGenerator.class,
                Injected.class)) {
            Generated beans = app.bean(Generated.class);
            assertThat(beans.plain("a")).isEqualTo("plain1");
            assertThat(beans.plain("a")).isEqualTo("plain1");
            // the answer is the whole key: two methods may share an entry
            assertThat(beans.bean("a")).isEqualTo("plain1");
            assertThat(beans.bean("b")).isEqualTo("bean2");
            assertThat(beans.dependent("a")).isEqualTo("dependent3");
            assertThat(beans.dependent("a")).isEqualTo("dependent3");
            ICacheService cache = app.bean(ICacheService.class);
            assertThat(cache.get("x/a", String.class)).contains("plain1");
            assertThat(cache.get("app/a", String.class)).contains("dependent3");
            assertThat(beans.plain(null)).isEqualTo("plain4");
            assertThat(beans.plain(null)).isEqualTo("plain5");
        }
        assertThat(DependentGenerator.DESTROYED.get()).isEqualTo(before + 1);
    }

    @Test
    void a_key_generator_that_throws_is_logged_once_and_the_call_runs_uncached() {
        try (Logs logs = new Logs();
                Deployment app = Deployments.of(
                        Generated.class, BeanGenerator.class, DependentGenerator.class, Injected.class)) {
            assertThat(app.bean(Generated.class).throwing()).isEqualTo("throwing1");
            assertThat(app.bean(Generated.class).throwing()).isEqualTo("throwing2");
            assertThat(logs.at(Level.WARNING)).singleElement().asString().contains("Throwing", "Generated.throwing()");
            assertThat(app.bean(Generated.class).failing()).isEqualTo("failing3");
        }
    }

    // own backends

    @ApplicationScoped
    public static class BeanBackend extends OwnBackend {
        static final AtomicInteger BEAN_CLOSED = new AtomicInteger();
        static Object used;

        @Inject
        BeanBackendName name;

        @Override
        public byte[] get(String key) {
            assertThat(name.value()).isEqualTo("injected");
            used = this;
            return super.get(key);
        }

        @Override
        public void close() {
            assertThat(used).isSameAs(this);
            BEAN_CLOSED.incrementAndGet();
        }
    }

    @Dependent
    public static class BeanBackendName {
        String value() {
            return "injected";
        }
    }

    @Test
    void a_factory_found_by_the_service_loader_makes_backends() {
        try (Deployment app = Deployments.configured(GivenProperties.of("caches.default.backend", "counting"))) {
            worksOn(app);
            assertThat(CountingFactory.OPEN).hasValue(1);
        }
        assertThat(CountingFactory.OPEN).hasValue(0);
    }

    @Test
    void a_class_that_is_no_bean_is_a_backend_and_closed_once() {
        int before = OwnBackend.CLOSED.get();
        try (Deployment app =
                Deployments.configured(GivenProperties.of("caches.default.backend", OwnBackend.class.getName()))) {
            worksOn(app);
        }
        assertThat(OwnBackend.CLOSED).hasValue(before + 1);
    }

    @Test
    void a_bean_is_a_backend_and_closed_once() {
        int before = BeanBackend.BEAN_CLOSED.get();
        try (Deployment app = Deployments.configured(
                GivenProperties.of("caches.default.backend", BeanBackend.class.getName()),
                BeanBackend.class,
                BeanBackendName.class)) {
            worksOn(app);
        }
        assertThat(BeanBackend.BEAN_CLOSED).hasValue(before + 1);
    }

    private static void worksOn(Deployment app) {
        ICacheService cache = app.bean(ICacheService.class);
        assertThat(cache.set("k", "v")).isTrue();
        assertThat(cache.get("k", String.class)).contains("v");
        assertThat(cache.getAsync("k", String.class).toCompletableFuture().join())
                .contains("v");
    }

    @Test
    void no_thread_is_left_after_the_end() {
        Callable<Long> threads = () -> Thread.getAllStackTraces().keySet().stream()
                .filter(any -> any.getName().startsWith("larder-"))
                .count();
        try (Deployment app = Deployments.configured(GivenProperties.of("caches.default.backend", "counting"))) {
            worksOn(app);
            assertThat(count(threads)).isPositive();
        }
        await().untilAsserted(() -> assertThat(count(threads)).isZero()); // the last one may be on its way out
    }

    private static long count(Callable<Long> threads) {
        try {
            return threads.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
