package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import dev.larder.ICacheService;
import dev.larder.http.Reason;
import dev.larder.response.CachedResource;
import dev.larder.response.Exchange;
import dev.larder.response.Hit;
import dev.larder.response.ResponseCache;
import dev.larder.rest.EmptyAnswer;
import dev.larder.rest.ObservedAsyncResponse;
import dev.larder.rest.ResourceMethods;
import dev.larder.service.Backends;
import dev.larder.value.CachedValue;
import dev.larder.value.ValueCache;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Larder in one deployment: its cached methods, its caches and its backends. */
final class Deployment implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Assembly assembly;
    private final Map<Class<?>, ResolvedClass> classes;
    private final CurrentExchanges current;
    private final ResponseCache responses;
    private final ValueCache values;
    private final Backends backends;
    private final Runnable release;
    private final Set<Method> bound = ConcurrentHashMap.newKeySet();
    private final Set<Method> unbound = ConcurrentHashMap.newKeySet();
    private volatile boolean seesEveryRequest;

    Deployment(
            Assembly assembly,
            Map<Class<?>, ResolvedClass> classes,
            CurrentExchanges current,
            ResponseCache responses,
            ValueCache values,
            Backends backends,
            Runnable release) {
        this.assembly = assembly;
        this.classes = classes;
        this.current = current;
        this.responses = responses;
        this.values = values;
        this.backends = backends;
        this.release = release;
        for (ResolvedClass type : classes.values()) {
            tell(type);
        }
    }

    /** Of the regions whose entries an unsafe method may invalidate. */
    private void tell(ResolvedClass type) {
        for (ResolvedMethod call : type.calls()) {
            CachedResource resource = call.resource();
            if (resource != null && resource.generatedKey() == null) {
                responses.register(resource.region());
            }
        }
    }

    ICacheService service() {
        return backends.service();
    }

    ResponseCache responses() {
        return responses;
    }

    /** Called by the interceptor, for every call of a method with the annotation. */
    @Nullable
    Object serve(InvocationContext call) throws Exception {
        ResolvedMethod cached = callOf(call);
        if (cached == null) {
            return call.proceed();
        }
        if (cached.resource() != null) {
            CurrentExchange noted = current.known();
            Exchange exchange = noted == null ? null : noted.exchange();
            if (exchange != null && exchange.resource().equals(cached.resource())) {
                return respond(cached, exchange, call);
            }
            if (exchange == null && ((noted != null && noted.isUncaptured()) || isUnseen(cached))) {
                return call.proceed();
            }
        }
        CachedValue value = cached.value();
        return value == null ? call.proceed() : values.serve(value, arguments(call), call::proceed);
    }

    /**
     * Whether requests to a resource method pass by the filters, so that a call of it may come from anyone: what the rules
     * of HTTP allow is not known then.
     */
    private boolean isUnseen(ResolvedMethod cached) {
        if (seesEveryRequest || bound.contains(cached.policy().method())) {
            return false;
        }
        if (unbound.add(cached.policy().method())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Calls of " + cached.policy().signature()
                            + " run uncached: Jakarta REST does not know Larder's filters (reported once). Let getClasses()"
                            + " of the Application list " + ScannedCacheFeature.class.getName());
        }
        return true;
    }

    private @Nullable ResolvedMethod callOf(InvocationContext call) {
        ResolvedClass type = classOf(call.getTarget().getClass());
        return type == null ? null : type.call(call.getMethod());
    }

    /** The cached methods of a class or of the one behind its proxy. */
    @Nullable
    ResolvedClass classOf(Class<?> target) {
        ResolvedClass known = classes.get(target);
        if (known != null) {
            return known;
        }
        for (Class<?> above = target.getSuperclass(); above != null; above = above.getSuperclass()) {
            known = classes.get(above);
            if (known != null) {
                classes.put(target, known);
                return known;
            }
        }
        return null;
    }

    /** The filters are bound to no method: they see all requests. */
    void seesEveryRequest() {
        seesEveryRequest = true;
    }

    /**
     * How a matched resource method is cached, or null if its responses are not.
     *
     * @throws jakarta.enterprise.inject.spi.DeploymentException if the annotations of a class that is no bean are wrong
     */
    @Nullable
    ResolvedMethod resource(Class<?> type, Method method) {
        ResolvedClass known = classOf(type);
        if (known == null) {
            known = assembly.unknown(type, backends);
            ResolvedClass earlier = classes.putIfAbsent(type, known);
            known = earlier == null ? known : earlier;
            tell(known);
        }
        ResolvedMethod call = known.call(method);
        if (call == null || call.resource() == null) {
            return null;
        }
        bound.add(call.policy().method());
        return call;
    }

    /** Whether a key generator may want to see a request to a resource method that is not cached itself. */
    boolean generatesKeysOfMethods() {
        for (ResolvedClass type : classes.values()) {
            for (ResolvedMethod call : type.calls()) {
                CachedValue value = call.value();
                if (value != null && value.generatedKey() != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether instances of a resource class are intercepted. */
    boolean isBean(Class<?> type) {
        ResolvedClass known = classOf(type);
        return known != null && known.bean();
    }

    private @Nullable Object respond(ResolvedMethod cached, Exchange exchange, InvocationContext call)
            throws Exception {
        if (exchange.isUndecided()
                && cached.policy().defaultKey()
                && exchange.call().hasOtherArguments(arguments(call))) {
            responses.bypass(exchange, Reason.NO_KEY); // the URI does not tell what the method answers by
        }
        // a filter asked already where it could not know that this instance is intercepted
        if (exchange.isUndecided() && responses.serve(exchange, () -> arguments(call))) {
            return inPlaceOfHit(cached, exchange, call);
        }
        if (!exchange.isRecording() || exchange.call().hasReturned()) {
            return call.proceed();
        }
        responses.followTransaction(exchange);
        observeSuspended(exchange, call);
        boolean returned = false;
        try {
            Object answer = call.proceed();
            returned = true;
            exchange.markReturned();
            if (answer instanceof CompletionStage<?> stage) {
                exchange.call().detach();
                return observed(exchange, stage);
            }
            if (isSuspended(call)) {
                cached.resumesInCall().set(!exchange.call().isSuspended());
            } else {
                exchange.endSideEffects();
                exchange.call().noteOrigin(ResourceMethods.origin(answer));
            }
            return answer;
        } finally {
            if (!returned) {
                responses.discard(exchange, Reason.EXCEPTION);
            }
        }
    }

    private static @Nullable Object inPlaceOfHit(ResolvedMethod cached, Exchange exchange, InvocationContext call) {
        Hit hit = requireNonNull(exchange.hit(), "a hit");
        if (!exchange.call().isObserved() || cached.resumesInCall().get()) {
            resume(hit, call); // the method did so here, or there is no outermost interceptor to do it
        }
        return isSuspended(call) ? null : cached.empty().inPlaceOf(hit);
    }

    /** Called by the outermost interceptor for every call of a resource method with the annotation. */
    @Nullable
    Object observe(InvocationContext call) throws Exception {
        ResolvedMethod cached = callOf(call);
        CurrentExchange noted = cached == null || cached.resource() == null ? null : current.known();
        Exchange exchange = noted == null ? null : noted.exchange();
        if (cached == null || exchange == null || !exchange.resource().equals(cached.resource())) {
            return call.proceed();
        }
        exchange.call().observe(arguments(call));
        boolean returned = false;
        try {
            Object answer = call.proceed();
            returned = true;
            Hit hit = exchange.hit();
            if (hit != null) {
                resume(hit, call); // has no effect if it was resumed before
            }
            if (answer instanceof CompletionStage<?> stage) {
                return observeFailure(cached, exchange, stage);
            }
            return hit == null ? answer : cached.empty().passed(answer, hit);
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
        return hit == null ? watched : replaceEmptyAnswer(cached.empty(), hit, watched);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the result is in the returned stage
    private static CompletionStage<?> replaceEmptyAnswer(EmptyAnswer empty, Hit hit, CompletionStage<?> stage) {
        CompletableFuture<@Nullable Object> passed = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    passed.complete(empty.passed(value, hit));
                } else {
                    passed.completeExceptionally(failure);
                }
            } catch (RuntimeException served) {
                passed.completeExceptionally(served); // in no CompletionException: not all servers unwrap that
            }
        });
        return passed;
    }

    /** Payara's session beans have null for none. */
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

    /** Resumes the suspended response of a call, if it has one, with the stored response. */
    private static void resume(Hit hit, InvocationContext call) {
        AsyncResponse suspended = suspended(call);
        if (suspended != null) {
            suspended.resume(EmptyAnswer.stored(hit));
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
                        answer -> {
                            exchange.call().noteOrigin(ResourceMethods.origin(answer));
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

    void captured(@Nullable Exchange exchange, ContainerRequestContext request) {
        current.get().capture(exchange, request);
    }

    void noted(ContainerRequestContext request) {
        current.get().note(request);
    }

    @Override
    public void close() {
        backends.close();
        release.run();
    }
}
