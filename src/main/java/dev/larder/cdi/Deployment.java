package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import dev.larder.ICacheService;
import dev.larder.console.Console;
import dev.larder.http.Reason;
import dev.larder.response.CachedResource;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.ResponseCache;
import dev.larder.rest.Placeholder;
import dev.larder.rest.ResourceMethods;
import dev.larder.statistics.Statistics;
import dev.larder.value.CachedValue;
import dev.larder.value.ValueCache;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One deployment: serves the calls of its cached methods, and owns its caches and backends. */
final class Deployment implements AutoCloseable {

    private final ResolvedMethods methods;
    private final CurrentExchanges current;
    private final ResponseCache responses;
    private final ValueCache values;
    private final InvalidatingCalls invalidating;
    private final ICacheService service;
    private final Statistics statistics;
    private final Console console;
    private final Runnable start;
    private final Runnable release;

    Deployment(
            ResolvedMethods methods,
            CurrentExchanges current,
            ResponseCache responses,
            ValueCache values,
            InvalidatingCalls invalidating,
            ICacheService service,
            Statistics statistics,
            Console console,
            Runnable start,
            Runnable release) {
        this.methods = methods;
        this.current = current;
        this.responses = responses;
        this.values = values;
        this.invalidating = invalidating;
        this.service = service;
        this.statistics = statistics;
        this.console = console;
        this.start = start;
        this.release = release;
        methods.classes().forEach(this::registerRegions);
    }

    /** Registers the regions that unsafe methods may invalidate. */
    private void registerRegions(ResolvedClass type) {
        for (ResolvedMethod method : type.methods()) {
            CachedResource resource = method.resource();
            if (resource != null && resource.generatedKey() == null) {
                responses.register(resource.region());
            }
        }
    }

    ICacheService service() {
        return service;
    }

    Statistics statistics() {
        return statistics;
    }

    Console console() {
        return console;
    }

    ResponseCache responses() {
        return responses;
    }

    InvalidatingCalls invalidating() {
        return invalidating;
    }

    /** The filter for the responses of all methods: invalidates what a method changed. */
    ContainerResponseFilter invalidation() {
        return invalidating.responseFilter(responses);
    }

    ResolvedMethods methods() {
        return methods;
    }

    /**
     * How a matched resource method is cached; null if its responses are not.
     *
     * @throws jakarta.enterprise.inject.spi.DeploymentException if the annotations of a class that is no bean are wrong
     */
    @Nullable
    ResolvedMethod resource(Class<?> type, Method method) {
        ResolvedClass resolved = methods.resourceClass(type);
        if (!resolved.managed()) {
            registerRegions(resolved);
        }
        ResolvedMethod cached = resolved.method(method);
        if (cached == null || cached.resource() == null) {
            return null;
        }
        methods.markFiltered(cached);
        return cached;
    }

    /** Called by the interceptor, for every call of a method with the annotation. */
    @Nullable
    Object serve(InvocationContext call) throws Exception {
        ResolvedMethod cached = methods.of(call);
        if (cached == null) {
            return call.proceed();
        }
        if (cached.resource() != null) {
            CurrentExchange noted = current.getIfPresent();
            Exchange exchange = noted == null ? null : noted.exchange();
            if (exchange != null && exchange.resource().equals(cached.resource())) {
                return respond(cached, exchange, call);
            }
            if (exchange == null && ((noted != null && noted.isUncaptured()) || methods.isUnfiltered(cached))) {
                return call.proceed();
            }
        }
        CachedValue value = cached.value();
        return value == null ? call.proceed() : values.serve(value, arguments(call), call::proceed);
    }

    /** Called by the interceptor, for every call of a method with {@code @CacheInvalidate}. */
    @Nullable
    Object invalidate(InvocationContext call) throws Exception {
        InvalidatingMethod method = methods.invalidating(call);
        return method == null ? call.proceed() : invalidating.proceed(method, call);
    }

    private @Nullable Object respond(ResolvedMethod cached, Exchange exchange, InvocationContext call)
            throws Exception {
        if (exchange.isUndecided()
                && cached.policy().defaultKey()
                && exchange.call().hasOtherArguments(arguments(call))) {
            responses.bypass(exchange, Reason.NO_KEY); // the URI no longer determines what the method reads
        }
        // unless a filter has looked it up, where it could not know that this instance is intercepted
        if (exchange.isUndecided() && responses.serve(exchange, () -> arguments(call))) {
            return serveHit(cached, exchange, call);
        }
        if (!exchange.isRecording() || exchange.call().hasReturned()) {
            return call.proceed();
        }
        responses.followTransaction(exchange);
        observeSuspended(exchange, call);
        boolean returned = false;
        try {
            Object result = call.proceed();
            returned = true;
            exchange.markReturned();
            if (result instanceof CompletionStage<?> stage) {
                exchange.call().detach();
                return observed(exchange, stage);
            }
            if (isSuspended(call)) {
                cached.resumesInCall().set(!exchange.call().isSuspended());
            } else {
                exchange.endSideEffects();
                exchange.call().noteOrigin(ResourceMethods.origin(result));
            }
            return result;
        } finally {
            if (!returned) {
                responses.discard(exchange, Reason.EXCEPTION);
            }
        }
    }

    private static @Nullable Object serveHit(ResolvedMethod cached, Exchange exchange, InvocationContext call) {
        Hit hit = requireNonNull(exchange.hit(), "a hit");
        if (!exchange.call().isObserved() || cached.resumesInCall().get()) {
            resume(hit, call); // as the method did, or because no outermost interceptor does it
        }
        return isSuspended(call) ? null : cached.placeholder().forHit(hit);
    }

    /** Called by the outermost interceptor for every call of a resource method with the annotation. */
    @Nullable
    Object observe(InvocationContext call) throws Exception {
        ResolvedMethod cached = methods.of(call);
        CurrentExchange noted = cached == null || cached.resource() == null ? null : current.getIfPresent();
        Exchange exchange = noted == null ? null : noted.exchange();
        if (cached == null || exchange == null || !exchange.resource().equals(cached.resource())) {
            return call.proceed();
        }
        exchange.call().observe(arguments(call));
        boolean returned = false;
        try {
            Object result = call.proceed();
            returned = true;
            Hit hit = exchange.hit();
            if (hit != null) {
                resume(hit, call); // has no effect if it was resumed before
            }
            if (result instanceof CompletionStage<?> stage) {
                return observeFailure(cached, exchange, stage);
            }
            return hit == null ? result : cached.placeholder().replaced(result, hit);
        } finally {
            if (!returned) {
                markInterrupted(exchange);
            }
        }
    }

    private void markInterrupted(Exchange exchange) {
        exchange.call().fail();
        responses.discard(exchange, Reason.EXCEPTION);
    }

    private CompletionStage<?> observeFailure(ResolvedMethod cached, Exchange exchange, CompletionStage<?> stage) {
        CompletionStage<?> watched = stage.whenComplete((value, failure) -> {
            if (failure != null) {
                markInterrupted(exchange);
            }
        });
        Hit hit = exchange.hit();
        return hit == null ? watched : replacePlaceholder(cached.placeholder(), hit, watched);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the result is in the returned stage
    private static CompletionStage<?> replacePlaceholder(Placeholder placeholder, Hit hit, CompletionStage<?> stage) {
        CompletableFuture<@Nullable Object> replaced = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    replaced.complete(placeholder.replaced(value, hit));
                } else {
                    replaced.completeExceptionally(failure);
                }
            } catch (RuntimeException stored) {
                replaced.completeExceptionally(stored); // not in a CompletionException, which not all servers unwrap
            }
        });
        return replaced;
    }

    /** Payara passes null if a method of a session bean has no arguments. */
    private static Object[] arguments(InvocationContext call) {
        Object[] arguments = call.getParameters();
        return arguments == null ? new Object[0] : arguments;
    }

    private static boolean isSuspended(InvocationContext call) {
        return suspended(call) != null;
    }

    private static @Nullable AsyncResponse suspended(InvocationContext call) {
        for (Object argument : arguments(call)) {
            if (argument instanceof AsyncResponse suspended) {
                return suspended;
            }
        }
        return null;
    }

    /** Resumes the suspended response of a call, if there is one, with the stored response. */
    private static void resume(Hit hit, InvocationContext call) {
        AsyncResponse suspended = suspended(call);
        if (suspended != null) {
            suspended.resume(Placeholder.stored(hit));
        }
    }

    private Object observed(Exchange exchange, CompletionStage<?> stage) {
        return stage.whenComplete((value, failure) -> {
            if (failure == null) {
                exchange.call().noteOrigin(ResourceMethods.origin(value));
            } else {
                responses.discard(exchange, Reason.EXCEPTION);
            }
        });
    }

    private void observeSuspended(Exchange exchange, InvocationContext call) {
        Object[] arguments = arguments(call);
        boolean changed = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof AsyncResponse suspended) {
                arguments[i] = new ObservedAsyncResponse(
                        suspended,
                        result -> {
                            exchange.call().noteOrigin(ResourceMethods.origin(result));
                            exchange.call().resume();
                        },
                        () -> responses.discard(exchange, Reason.EXCEPTION));
                changed = true;
            }
        }
        if (changed) {
            exchange.call().suspend();
            call.setParameters(arguments);
        }
    }

    /** Registers the deployment with JMX. Called once, if there is no problem in any module. */
    void start() {
        start.run();
    }

    void capture(@Nullable Exchange exchange, ContainerRequestContext request) {
        current.get().capture(exchange, request);
    }

    void note(ContainerRequestContext request) {
        current.get().note(request);
    }

    @Override
    public void close() {
        release.run();
    }
}
