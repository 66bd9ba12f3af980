package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import dev.larder.Cache;
import dev.larder.CacheInvalidate;
import dev.larder.ICacheService;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.Problems;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Larder's portable extension: adds the interceptors and the service, finds the annotated methods, and fails the
 * deployment with one message that lists all problems.
 */
public class LarderExtension implements RunningDeployments.Container {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    /** Interceptors that have the annotations as their bindings. */
    private static final Set<Class<?>> OWN = Set.of(CacheInterceptor.class, InvalidateInterceptor.class);

    private final Problems problems = new Problems();
    private final Map<Class<?>, List<CacheableMethod>> cacheable = new LinkedHashMap<>();
    private final Map<Class<?>, List<InvalidatingMethod>> invalidating = new LinkedHashMap<>();
    private final List<ObserverMethod<?>> observers = new ArrayList<>();
    private final Map<Class<?>, EarlyHit> earlyHits = new HashMap<>();
    private final Map<Class<?>, AnnotatedType<?>> types = new HashMap<>();
    private final List<Class<?>> prioritized = new ArrayList<>();
    private final Set<Class<?>> annotated = new HashSet<>();
    private final Set<Class<?>> interfaces = new LinkedHashSet<>();
    private final List<Bean<?>> beans = new ArrayList<>();
    private final Producers producers = new Producers();
    private final Set<Class<?>> serviceUsers = new HashSet<>();
    private final ModuleDeployments modules = new ModuleDeployments();
    private @Nullable HealthBeans health;

    void addInterceptor(@Observes BeforeBeanDiscovery event) {
        RunningDeployments.add(this);
        event.addInterceptorBinding(Cache.class);
        event.addInterceptorBinding(CacheInvalidate.class);
        event.addInterceptorBinding(ObservedOutcome.class);
        event.addAnnotatedType(CacheInterceptor.class, CacheInterceptor.class.getName());
        event.addAnnotatedType(InvalidateInterceptor.class, InvalidateInterceptor.class.getName());
        event.addAnnotatedType(OutcomeInterceptor.class, OutcomeInterceptor.class.getName());
        health = HealthBeans.add(event);
    }

    /** Removes annotations that cannot work: the container would stop at the first one, without a reason. */
    <X> void inspect(@Observes @WithAnnotations({Cache.class, CacheInvalidate.class}) ProcessAnnotatedType<X> event) {
        AnnotatedType<X> type = event.getAnnotatedType();
        annotated.add(type.getJavaClass());
        if (OWN.contains(type.getJavaClass()) || type.getJavaClass().isAnnotation()) {
            return;
        }
        if (type.getJavaClass().isInterface()) {
            interfaces.add(type.getJavaClass());
            return;
        }
        Problems ofType = new Problems();
        List<CacheableMethod> methods = Inspection.of(type, ofType).methods();
        InvalidateInspection.of(type, ofType);
        if (ofType.isEmpty()) {
            observeOutcome(event, methods);
            return;
        }
        problems.addAll(ofType);
        cacheable.put(type.getJavaClass(), methods); // they may have other problems
        var configurator = event.configureAnnotatedType();
        configurator.remove(LarderExtension::isOurs);
        configurator.methods().forEach(method -> method.remove(LarderExtension::isOurs));
    }

    private static boolean isOurs(Annotation annotation) {
        return CacheAnnotations.isCache(annotation) || InvalidateInspection.isCacheInvalidate(annotation);
    }

    /** Binds the outermost interceptor to the resource methods, which may be inherited. */
    private static <X> void observeOutcome(ProcessAnnotatedType<X> event, List<CacheableMethod> methods) {
        Set<Method> resources = resources(methods);
        if (!resources.isEmpty()) {
            try {
                event.setAnnotatedType(new ObservedType<>(event.getAnnotatedType(), resources));
            } catch (IllegalStateException configured) { // OpenWebBeans, if another extension has configured the type
                configureOutcome(event.configureAnnotatedType(), resources);
            }
        }
    }

    private static void configureOutcome(AnnotatedTypeConfigurator<?> type, Set<Method> resources) {
        type.filterMethods(method -> resources.contains(method.getJavaMember()))
                .forEach(method -> method.add(ObservedOutcome.Literal.INSTANCE));
    }

    private static Set<Method> resources(List<CacheableMethod> methods) {
        return methods.stream()
                .filter(CacheableMethod::isResource)
                .map(CacheableMethod::method)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Runs after the other extensions, which may enable interceptors, too. */
    void order(@Observes @Priority(Integer.MAX_VALUE) AfterTypeDiscovery event) {
        InterceptorOrder.moveInwards(event.getInterceptors());
        prioritized.addAll(event.getInterceptors());
    }

    void addUnmanagedResources(@Observes AfterTypeDiscovery event) {
        for (Class<?> type : UnmanagedResources.besides(annotated)) {
            if (CacheAnnotations.areIn(type) || InvalidateInspection.areIn(type)) {
                configureOutcome(
                        event.addAnnotatedType(type, type.getName()),
                        resources(Inspection.of(type, new Problems()).methods()));
            } else {
                // reports an annotation of an interface, which binds nothing
                Inspection.of(type, problems).methods();
                InvalidateInspection.of(type, problems);
            }
        }
    }

    /** Payara's manager does not show an extension the beans of other archives, such as the application's. */
    void collectBean(@Observes ProcessBean<?> event) {
        beans.add(event.getBean());
    }

    void collectProducerMethod(@Observes ProcessProducerMethod<?, ?> event) {
        producers.add(event.getBean(), event.getAnnotatedProducerMethod().getJavaMember());
    }

    void collectProducerField(@Observes ProcessProducerField<?, ?> event) {
        producers.add(event.getBean(), event.getAnnotatedProducerField().getJavaMember());
    }

    void collectServiceUser(@Observes ProcessInjectionPoint<?, ICacheService> event) {
        addServiceUser(event.getInjectionPoint());
    }

    void collectInstanceUser(@Observes ProcessInjectionPoint<?, Instance<ICacheService>> event) {
        addServiceUser(event.getInjectionPoint());
    }

    void collectProviderUser(@Observes ProcessInjectionPoint<?, Provider<ICacheService>> event) {
        addServiceUser(event.getInjectionPoint());
    }

    private void addServiceUser(InjectionPoint point) {
        serviceUsers.add(point.getMember().getDeclaringClass());
    }

    void collectObserver(@Observes ProcessObserverMethod<?, ?> event) {
        observers.add(event.getObserverMethod());
    }

    /** CDI calls this for session beans, too. */
    void inspectBean(@Observes ProcessManagedBean<?> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        Class<?> javaClass = type.getJavaClass();
        if (OWN.contains(javaClass)) {
            return;
        }
        List<InvalidatingMethod> ofType = InvalidateInspection.of(type, problems);
        if (!ofType.isEmpty()) {
            invalidating.put(javaClass, ofType);
        }
        if (!CacheAnnotations.areIn(type)) {
            return;
        }
        cacheable.put(javaClass, Inspection.of(type, problems).methods());
        types.put(javaClass, type);
        if (!(event instanceof ProcessSessionBean)) {
            earlyHits.put(javaClass, new EarlyHit(type, event.getBean().getInjectionPoints()));
        }
    }

    void addService(@Observes AfterBeanDiscovery event) {
        event.<ICacheService>addBean()
                .id(ICacheService.class.getName())
                .beanClass(ICacheService.class) // OpenWebBeans' proxy extends or implements it
                .types(ICacheService.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> modules.service());
        requireNonNull(health, "CDI calls the methods in this order").addSource(event, classes(), modules::backends);
    }

    void assemble(@Observes AfterDeploymentValidation event, BeanManager manager) {
        try {
            producers.check(annotated, cacheable, invalidating, problems);
            checkOrder(manager);
            reportInterfaces(CacheAnnotations::areDeclaredIn, cacheable.keySet(), Inspection::onInterface);
            reportInterfaces(
                    InvalidateInspection::areDeclaredIn, invalidating.keySet(), InvalidateInspection::onInterface);
            modules.assemble(classes(), visible -> assemble(manager, visible), problems);
        } catch (RuntimeException e) {
            if (problems.isEmpty()) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "Failed after other problems", e);
        }
        // thrown, not added to the event: OpenWebBeans does not show the message of an added problem
        problems.message().ifPresent(message -> {
            throw new DeploymentException(message);
        });
    }

    /** Reports annotated interfaces that no bean implements. */
    private void reportInterfaces(
            Predicate<Class<?>> hasAnnotation, Set<Class<?>> beanClasses, Function<Class<?>, String> problem) {
        interfaces.stream()
                .filter(hasAnnotation)
                .filter(any -> beanClasses.stream().noneMatch(any::isAssignableFrom))
                .forEach(any -> problems.add(problem.apply(any)));
    }

    private void checkOrder(BeanManager manager) {
        InterceptorOrder order = new InterceptorOrder(manager, prioritized, beans);
        Set<String> around = new TreeSet<>();
        cacheable.forEach((type, methods) -> {
            AnnotatedType<?> ofBean = types.get(type);
            around.addAll(order.check(ofBean == null ? manager.createAnnotatedType(type) : ofBean, methods, problems));
        });
        if (!around.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "On a hit of a resource method, interceptors of the application see the empty value of its return"
                            + " type, so they cannot hide the stored response by returning that value: "
                            + String.join(", ", around));
        }
    }

    /** All classes that use the cache. */
    private Set<Class<?>> classes() {
        Set<Class<?>> classes = new LinkedHashSet<>(cacheable.keySet());
        classes.addAll(annotated);
        classes.removeAll(OWN);
        classes.addAll(serviceUsers);
        return classes;
    }

    private @Nullable Deployment assemble(BeanManager manager, Predicate<Class<?>> visible) {
        Assembly assembly = new Assembly(new Beans(manager, beans, visible), producers::origin, problems);
        Map<Class<?>, List<CachePolicy>> policies = new LinkedHashMap<>();
        cacheable.forEach((type, methods) -> {
            if (visible.test(type)) {
                policies.put(type, assembly.policies(type, methods));
            }
        });
        Map<Class<?>, List<InvalidatingMethod>> ofModule = new HashMap<>(invalidating);
        ofModule.keySet().removeIf(type -> !visible.test(type));
        assembly.checkTargetedKeys();
        return assembly.deployment(
                policies,
                ofModule,
                earlyHits,
                new CurrentExchanges(manager),
                InvalidationEvents.to(observers, manager),
                serviceUsers.stream().anyMatch(visible));
    }

    void close(@Observes BeforeShutdown event) {
        modules.close();
        RunningDeployments.remove(this);
    }

    @Override
    public ModuleDeployments modules() {
        return modules;
    }
}
