package dev.larder.cdi;

import static java.util.Objects.requireNonNull;

import dev.larder.Cache;
import dev.larder.ICacheService;
import dev.larder.codec.RawType;
import dev.larder.policy.CachePolicy;
import dev.larder.policy.CachePolicy.Kind;
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
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.inject.Provider;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Larder's portable extension: adds the interceptor and the service, finds the annotated methods, and fails the deployment
 * with one message for everything that is wrong with it.
 */
public class LarderExtension implements Extension {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private final Problems problems = new Problems();
    private final Map<Class<?>, List<Inspection.Found>> found = new LinkedHashMap<>();
    private final Map<Class<?>, EarlyAnswer> managed = new HashMap<>();
    private final Map<Class<?>, AnnotatedType<?>> types = new HashMap<>();
    private final List<Class<?>> prioritized = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();
    private final Set<Class<?>> interfaces = new LinkedHashSet<>();
    private final List<Bean<?>> beans = new ArrayList<>();
    private final Map<Bean<?>, Method> producers = new LinkedHashMap<>();
    private final Map<Bean<?>, Field> producingFields = new HashMap<>();

    private final Set<Class<?>> users = new HashSet<>();

    private volatile @Nullable Deployment larder;
    private volatile Map<ClassLoader, Deployment> modules = Map.of();

    /** For the container. */
    public LarderExtension() {}

    void addInterceptor(@Observes BeforeBeanDiscovery event) {
        RunningDeployments.add(this);
        event.addInterceptorBinding(Cache.class);
        event.addInterceptorBinding(ObservedOutcome.class);
        event.addAnnotatedType(CacheInterceptor.class, CacheInterceptor.class.getName());
        event.addAnnotatedType(OutcomeInterceptor.class, OutcomeInterceptor.class.getName());
    }

    /** Takes the annotations that cannot work off their class: the container would stop at the first, and not say why. */
    <X> void inspect(@Observes @WithAnnotations(Cache.class) ProcessAnnotatedType<X> event) {
        AnnotatedType<X> type = event.getAnnotatedType();
        seen.add(type.getJavaClass());
        if (type.getJavaClass() == CacheInterceptor.class || type.getJavaClass().isAnnotation()) {
            return;
        }
        if (type.getJavaClass().isInterface()) {
            interfaces.add(type.getJavaClass());
            return;
        }
        Problems ofType = new Problems();
        List<Inspection.Found> sound = Inspection.of(type, ofType).methods();
        if (ofType.isEmpty()) {
            observeOutcome(event, sound);
            return;
        }
        problems.addAll(ofType);
        found.put(type.getJavaClass(), sound); // they may have other problems
        var configurator = event.configureAnnotatedType();
        configurator.remove(annotation -> Inspection.annotation(Set.of(annotation)) != null);
        configurator
                .methods()
                .forEach(method -> method.remove(annotation -> Inspection.annotation(Set.of(annotation)) != null));
    }

    /** Binds the outermost interceptor to the resource methods, which may be inherited. */
    private static <X> void observeOutcome(ProcessAnnotatedType<X> event, List<Inspection.Found> methods) {
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

    private static Set<Method> resources(List<Inspection.Found> methods) {
        return methods.stream()
                .filter(found -> found.kind() == Kind.RESPONSE)
                .map(Inspection.Found::method)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Runs after the other extensions, which may enable interceptors, too. */
    void order(@Observes @Priority(Integer.MAX_VALUE) AfterTypeDiscovery event) {
        InterceptorOrder.moveInwards(event.getInterceptors());
        prioritized.addAll(event.getInterceptors());
    }

    void addUnseen(@Observes AfterTypeDiscovery event) {
        for (Class<?> type : UnseenResources.besides(seen)) {
            if (Inspection.isAnnotated(type)) {
                configureOutcome(
                        event.addAnnotatedType(type, type.getName()),
                        resources(Inspection.of(type, new Problems()).methods()));
            } else {
                Inspection.of(type, problems).methods(); // there may be an annotation above, which binds nothing
            }
        }
    }

    /** Payara's manager shows an extension no bean of another archive, which the application's classes are. */
    void note(@Observes ProcessBean<?> event) {
        beans.add(event.getBean());
    }

    void note(@Observes ProcessProducerMethod<?, ?> event) {
        producers.put(event.getBean(), event.getAnnotatedProducerMethod().getJavaMember());
    }

    void noteField(@Observes ProcessProducerField<?, ?> event) {
        producingFields.put(event.getBean(), event.getAnnotatedProducerField().getJavaMember());
    }

    void noteService(@Observes ProcessInjectionPoint<?, ICacheService> event) {
        noteUser(event.getInjectionPoint());
    }

    void noteInstance(@Observes ProcessInjectionPoint<?, Instance<ICacheService>> event) {
        noteUser(event.getInjectionPoint());
    }

    void noteProvider(@Observes ProcessInjectionPoint<?, Provider<ICacheService>> event) {
        noteUser(event.getInjectionPoint());
    }

    private void noteUser(InjectionPoint point) {
        users.add(point.getMember().getDeclaringClass());
    }

    /** CDI calls this for session beans, too. */
    void find(@Observes ProcessManagedBean<?> event) {
        AnnotatedType<?> type = event.getAnnotatedBeanClass();
        Class<?> javaClass = type.getJavaClass();
        if (javaClass == CacheInterceptor.class || !Inspection.isAnnotated(type)) {
            return;
        }
        found.put(javaClass, Inspection.of(type, problems).methods());
        types.put(javaClass, type);
        if (!(event instanceof ProcessSessionBean)) {
            managed.put(javaClass, new EarlyAnswer(type, event.getBean().getInjectionPoints()));
        }
    }

    void addService(@Observes AfterBeanDiscovery event) {
        event.<ICacheService>addBean()
                .id(ICacheService.class.getName())
                .beanClass(ICacheService.class) // OpenWebBeans' proxy extends or implements it
                .types(ICacheService.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> service());
    }

    void assemble(@Observes AfterDeploymentValidation event, BeanManager manager) {
        try {
            inspectUnmade();
            checkOrder(manager);
            interfaces.stream()
                    .filter(any -> found.keySet().stream().noneMatch(any::isAssignableFrom))
                    .forEach(any -> problems.add(Inspection.onInterface(any)));
            assembleModules(manager);
        } catch (RuntimeException e) {
            if (problems.isEmpty()) {
                throw e;
            }
            LOG.log(System.Logger.Level.DEBUG, "After other problems", e);
        }
        // thrown, not added: of what is added OpenWebBeans says no more than that it is there
        problems.message().ifPresent(message -> {
            throw new DeploymentException(message);
        });
    }

    private void checkOrder(BeanManager manager) {
        InterceptorOrder order = new InterceptorOrder(manager, prioritized, beans);
        Set<String> around = new TreeSet<>();
        found.forEach((type, methods) -> {
            AnnotatedType<?> known = types.get(type);
            around.addAll(order.check(known == null ? manager.createAnnotatedType(type) : known, methods, problems));
        });
        if (!around.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "On a hit of a resource method, interceptors of the application see the empty value of its return"
                            + " type, so they cannot hide the stored response by returning that value: "
                            + String.join(", ", around));
        }
    }

    private void assembleModules(BeanManager manager) {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        Set<Class<?>> types = new LinkedHashSet<>(found.keySet());
        types.addAll(seen);
        types.remove(CacheInterceptor.class);
        types.addAll(users);
        Set<ClassLoader> loaders = Modules.of(own, types);
        Map<ClassLoader, Deployment> made = new LinkedHashMap<>();
        try {
            for (ClassLoader loader : loaders) {
                // the lookups of configuration, backends and generators use it
                thread.setContextClassLoader(loader);
                Predicate<Class<?>> visible = loaders.size() == 1 ? any -> true : any -> Modules.sees(loader, any);
                Deployment ofModule = assembleModule(manager, visible);
                if (ofModule != null) {
                    made.put(loader, ofModule);
                }
            }
        } finally {
            thread.setContextClassLoader(own);
        }
        if (problems.isEmpty()) {
            larder = made.values().iterator().next();
            modules = loaders.size() == 1 ? Map.of() : made;
        } else {
            made.values().forEach(Deployment::close);
        }
    }

    private @Nullable Deployment assembleModule(BeanManager manager, Predicate<Class<?>> visible) {
        Assembly made = new Assembly(new Beans(manager, beans, visible), this::origin, problems);
        Map<Class<?>, List<CachePolicy>> methods = new LinkedHashMap<>();
        found.forEach((type, its) -> {
            if (visible.test(type)) {
                methods.put(type, made.policies(type, its));
            }
        });
        made.complainAboutStrangers();
        return made.larder(
                methods, managed, new CurrentExchanges(manager), users.stream().anyMatch(visible));
    }

    /** Names the producer of a bean, or its class if it has no producer. */
    private String origin(Bean<?> bean) {
        Method method = producers.get(bean);
        Member member = method == null ? producingFields.get(bean) : method;
        return bean.getBeanClass().getName() + (member == null ? "" : "." + member.getName());
    }

    /** Objects that the container does not make have no interceptors, unless their producer asks for them. */
    private void inspectUnmade() {
        Set<Class<?>> produced = new HashSet<>();
        Map<Class<?>, List<Method>> makers = new LinkedHashMap<>();
        producers.forEach((bean, method) -> {
            Class<?> type = method.getReturnType();
            Class<?> intercepted = intercepted(bean);
            if (intercepted != null) {
                makers.computeIfAbsent(intercepted, any -> new ArrayList<>()).add(method);
            }
            if (intercepted != null && isUnmade(intercepted)) {
                found.put(intercepted, Inspection.of(intercepted, problems).methods());
            } else if (isUnmade(type) && produced.add(type)) {
                Inspection.complainAboutUnmade(type, Inspection.whyUnmade(method), problems);
            }
        });
        makers.forEach((type, methods) ->
                Inspection.complainAboutSharing(type, methods, found.getOrDefault(type, List.of()), problems));
        for (Class<?> type : seen) {
            String why = Inspection.whyNoBean(type);
            if (why != null && isUnmade(type) && !produced.contains(type)) {
                Inspection.complainAboutUnmade(type, why, problems);
            }
        }
    }

    private boolean isUnmade(Class<?> type) {
        return !type.isPrimitive()
                && !Modifier.isAbstract(type.getModifiers())
                && found.keySet().stream().noneMatch(type::isAssignableFrom);
    }

    /** The class before whose objects a producer puts the interceptors itself, null if it does not. */
    private static @Nullable Class<?> intercepted(Bean<?> bean) {
        return bean.getInjectionPoints().stream()
                .map(InjectionPoint::getType)
                .filter(type -> RawType.of(type) == InterceptionFactory.class && type instanceof ParameterizedType)
                .map(type -> RawType.of(((ParameterizedType) type).getActualTypeArguments()[0]))
                .findFirst()
                .orElse(null);
    }

    void close(@Observes BeforeShutdown event) {
        Deployment running = larder;
        if (running != null) {
            running.close();
        }
        modules.values().stream().filter(other -> other != running).forEach(Deployment::close);
        RunningDeployments.remove(this);
    }

    /** Whether this deployment has several modules. */
    boolean hasModules() {
        return !modules.isEmpty();
    }

    /**
     * Larder in a module of this deployment that has a class, preferably in the current module; null if no module has
     * it, or before the deployment is validated.
     */
    @Nullable
    Deployment larderOf(Class<?> target) {
        Deployment current = ofCurrentModule();
        if (current != null && current.classOf(target) != null) {
            return current;
        }
        return modules.values().stream()
                .filter(other -> other.classOf(target) != null)
                .findFirst()
                .orElse(null);
    }

    /** Larder in the current module of this deployment, once it is validated. */
    Deployment larder() {
        return requireNonNull(ofCurrentModule(), "Larder is not ready before the deployment is validated");
    }

    private @Nullable Deployment ofCurrentModule() {
        if (!modules.isEmpty()) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            for (; loader != null; loader = loader.getParent()) {
                Deployment ofModule = modules.get(loader);
                if (ofModule != null) {
                    return ofModule;
                }
            }
        }
        return larder;
    }

    private ICacheService service() {
        if (modules.isEmpty()) {
            return larder().service();
        }
        // one bean serves all modules: each call goes to the current one
        return (ICacheService) Proxy.newProxyInstance(
                ICacheService.class.getClassLoader(),
                new Class<?>[] {ICacheService.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(larder().service(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
