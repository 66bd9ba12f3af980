package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CacheInvalidate;
import dev.larder.CacheInvalidated;
import dev.larder.cdi.Deployments.Deployment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.interceptor.InterceptorBinding;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of methods with {@code @CacheInvalidate}, and the mistakes that fail the deployment. */
class InvalidatingBeansTest {

    private static final String HERE = "@CacheInvalidate on " + InvalidatingBeansTest.class.getName() + "$";
    private static final List<Set<String>> EVENTS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        EVENTS.clear();
    }

    @ApplicationScoped
    static class Observer {
        void receive(@ObservesAsync CacheInvalidated event) {
            EVENTS.add(event.tags());
        }
    }

    @InterceptorBinding
    @CacheInvalidate(tags = "bound")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Bound {}

    @ApplicationScoped
    static class Books {
        @CacheInvalidate(tags = {"books", "book:{0}"})
        String change(long id) {
            return "changed " + id;
        }

        @CacheInvalidate(tags = "book:{0.name}")
        void failing(Thread badlyNamed) {
            throw new IllegalStateException("on purpose");
        }

        @CacheInvalidate(tags = "{0.value}")
        String unevaluated(Throwing throwing) {
            return "returned";
        }

        @CacheInvalidate(tags = "stage")
        CompletionStage<String> stage(CompletionStage<String> stage) {
            return stage;
        }

        @Bound
        void bound() {}
    }

    public record Throwing(String any) {
        public String getValue() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Dependent
    static class Heir extends Books {}

    @Test
    void a_call_is_reported_once_with_its_tags() {
        try (Deployment app = Deployments.of(Books.class, Observer.class)) {
            assertThat(app.bean(Books.class).change(7)).isEqualTo("changed 7");
            received(List.of(Set.of("books", "book:7")));

            app.bean(Books.class).bound();
            received(List.of(Set.of("books", "book:7"), Set.of("bound")));
        }
    }

    @Test
    void an_inherited_method_invalidates() {
        try (Deployment app = Deployments.of(Heir.class, Observer.class)) {
            app.bean(Heir.class).change(7);
            received(List.of(Set.of("books", "book:7")));
        }
    }

    @Test
    void nothing_is_invalidated_without_success() {
        try (Deployment app = Deployments.of(Books.class, Observer.class)) {
            Books books = app.bean(Books.class);
            assertThatThrownBy(() -> books.failing(Thread.currentThread())).hasMessage("on purpose");
            assertThat(books.unevaluated(new Throwing(""))).isEqualTo("returned");
            assertThat(books.stage(CompletableFuture.failedStage(new IllegalStateException("on purpose"))))
                    .failsWithin(Duration.ZERO);
            books.bound();

            received(List.of(Set.of("bound")));
        }
    }

    @Test
    void a_stage_invalidates_when_it_completes() {
        try (Deployment app = Deployments.of(Books.class, Observer.class)) {
            CompletableFuture<String> pending = new CompletableFuture<>();
            CompletionStage<String> stage = app.bean(Books.class).stage(pending);
            app.bean(Books.class).bound();
            received(List.of(Set.of("bound")));
            pending.complete("done");

            assertThat(stage).isCompletedWithValue("done");
            received(List.of(Set.of("bound"), Set.of("stage")));
        }
    }

    @Test
    void nobody_needs_to_observe() {
        try (Deployment app = Deployments.of(Books.class)) {
            assertThat(app.bean(Books.class).change(7)).isEqualTo("changed 7");
        }
    }

    static class ByHand {
        ByHand(String any) {}

        @CacheInvalidate(tags = "made")
        void change() {}
    }

    @ApplicationScoped
    static class Intercepting {
        @Produces
        ByHand made(InterceptionFactory<ByHand> factory) {
            return factory.createInterceptedInstance(new ByHand(""));
        }
    }

    @Test
    void what_a_producer_creates_with_interceptors_invalidates() {
        // in an archive of mode all the container inspects the class itself, too
        for (Class<?>[] beans : new Class<?>[][] {
            {Intercepting.class, Observer.class}, {Intercepting.class, ByHand.class, Observer.class}
        }) {
            try (Deployment app = Deployments.of(beans)) {
                EVENTS.clear();
                app.bean(ByHand.class).change();
                received(List.of(Set.of("made")));
            }
        }
    }

    private static void received(List<Set<String>> tags) {
        await().untilAsserted(() -> assertThat(EVENTS).isEqualTo(tags));
    }

    @ApplicationScoped
    static class Mistakes {
        @CacheInvalidate(tags = "a")
        private void hidden() {}

        @CacheInvalidate(tags = "a")
        static void ofTheClass() {}

        @CacheInvalidate(tags = "a")
        @Cache
        String cached() {
            return "";
        }

        @CacheInvalidate(tags = {})
        void nothing() {}

        @CacheInvalidate(tags = "a{0")
        void open(String any) {}

        @CacheInvalidate(tags = "{idd}")
        void unresolved(String id) {}
    }

    @ApplicationScoped
    static class FinalMethod {
        @CacheInvalidate(tags = "a")
        final void sealed() {}
    }

    @Dependent
    static final class FinalClass {
        @CacheInvalidate(tags = "a")
        void change() {}
    }

    @ApplicationScoped
    @CacheInvalidate(tags = "a")
    static class OnType {}

    interface Contract {
        @CacheInvalidate(tags = "a")
        void change();
    }

    @ApplicationScoped
    static class Implementation implements Contract {
        @Override
        public void change() {}
    }

    @Path("")
    @Cache
    static class Cached {
        @GET
        @CacheInvalidate(tags = "a")
        public String get() {
            return "";
        }
    }

    static class NoBean {
        NoBean(String any) {}

        @CacheInvalidate(tags = "a")
        void change() {}
    }

    @ApplicationScoped
    static class ProducerMethod {
        @Produces
        ByHand made() {
            return new ByHand("");
        }
    }

    @ApplicationScoped
    static class ProducerField {
        @Produces
        private final ByHand held = new ByHand("");
    }

    @Test
    void what_a_producer_creates_without_interceptors() {
        for (Class<?>[] beans : new Class<?>[][] {{ProducerMethod.class}, {ProducerMethod.class, ByHand.class}}) {
            assertThat(Deployments.failure(beans))
                    .contains("a problem", HERE + "ByHand.change cannot work: what the producer method ")
                    .contains("$ProducerMethod.made returns", "InterceptionFactory<ByHand>");
        }
        for (Class<?>[] beans : new Class<?>[][] {{ProducerField.class}, {ProducerField.class, ByHand.class}}) {
            assertThat(Deployments.failure(beans))
                    .contains("a problem", HERE + "ByHand.change cannot work: what the producer field ")
                    .contains("$ProducerField.held holds", "InterceptionFactory<ByHand>");
        }
    }

    @Test
    void all_mistakes_are_reported_together() {
        assertThat(Deployments.failure(
                        Mistakes.class,
                        FinalMethod.class,
                        FinalClass.class,
                        OnType.class,
                        Implementation.class,
                        Cached.class,
                        NoBean.class))
                .contains(HERE + "Mistakes.hidden cannot work: the method is private")
                .contains(HERE + "Mistakes.ofTheClass cannot work: the method is static")
                .contains(HERE + "Mistakes.cached cannot work: @Cache covers the method, too")
                .contains(HERE + "Mistakes.nothing has no tags")
                .contains(HERE + "Mistakes.open: the tag 'a{0' has an open brace at position 1")
                .contains(HERE + "Mistakes.unresolved: the tag '{idd}' names {idd}, which the method does not have")
                .contains(HERE + "FinalMethod.sealed cannot work: the method is final")
                .contains(HERE + "FinalClass.change cannot work: the class is final")
                .contains(HERE + "OnType cannot work: on a type")
                .contains(HERE + "Contract.change cannot work: the method is abstract")
                .contains(HERE + "Cached.get cannot work: @Cache covers the method, too")
                .contains(HERE + "NoBean.change cannot work: the class has no constructor");
    }
}
