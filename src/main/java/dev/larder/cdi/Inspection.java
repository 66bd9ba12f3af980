package dev.larder.cdi;

import dev.larder.Cache;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.Problems;
import dev.larder.rest.ResourceMethods;
import dev.larder.value.DeclaredValue;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the annotations of a class, and those among them that can never work. */
final class Inspection {

    /** An annotated method, and what of it is cached. */
    record Found(Method method, Cache annotation, Kind kind) {}

    private final Class<?> type;
    private final @Nullable Cache onType;
    private final Function<Method, @Nullable Cache> onMethod;
    private final Predicate<Method> told;
    private final Problems problems;

    private Inspection(
            Class<?> type,
            @Nullable Cache onType,
            Function<Method, @Nullable Cache> onMethod,
            Predicate<Method> told,
            Problems problems) {
        this.type = type;
        this.onType = onType;
        this.onMethod = onMethod;
        this.told = told;
        this.problems = problems;
    }

    /** Looks at a type as the container sees it, with what other extensions changed. */
    static Inspection of(AnnotatedType<?> type, Problems problems) {
        Map<Method, Optional<Cache>> told = new HashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            told.put(method.getJavaMember(), Optional.ofNullable(annotation(method.getAnnotations())));
        }
        return new Inspection(
                type.getJavaClass(),
                annotation(type.getAnnotations()),
                // private methods and inherited ones are not told by every container
                method -> told.containsKey(method) ? told.get(method).orElse(null) : annotation(method),
                told::containsKey,
                problems);
    }

    /** Looks at a class that the container does not know. */
    static Inspection of(Class<?> type, Problems problems) {
        return new Inspection(type, annotation(type), Inspection::annotation, method -> true, problems);
    }

    /** Whether there is an annotation at all, be it on an interface or an overridden method. */
    static boolean isAnnotated(AnnotatedType<?> type) {
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (annotation(method.getAnnotations()) != null) {
                return true;
            }
        }
        return annotation(type.getAnnotations()) != null
                || above(type.getJavaClass()).stream().anyMatch(Inspection::hasAny);
    }

    /** Whether a class has the annotation, or a method of it or its superclasses: what a container tells of. */
    static boolean isAnnotated(Class<?> type) {
        return annotation(type) != null
                || methodsOf(type).stream().anyMatch(method -> !method.isDefault() && annotation(method) != null);
    }

    private static boolean hasAny(Class<?> type) {
        try {
            return annotation(type) != null
                    || Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> annotation(method) != null);
        } catch (LinkageError e) {
            return false; // an optional library is missing, which the container did not need either
        }
    }

    /** The annotation of a class or method; null if there is none. */
    static @Nullable Cache annotation(AnnotatedElement element) {
        return annotation(Arrays.asList(element.getAnnotations()));
    }

    /**
     * The annotation among those of a class or method, else that of the first stereotype or interceptor binding among
     * them that carries it: the container binds the interceptor by these, too. Null if there is none.
     */
    static @Nullable Cache annotation(Collection<Annotation> annotations) {
        return annotation(annotations, new HashSet<>());
    }

    private static @Nullable Cache annotation(Collection<Annotation> annotations, Set<Class<?>> seen) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof Cache cache) {
                return cache;
            }
        }
        for (Annotation annotation : annotations) {
            Class<?> type = annotation.annotationType();
            if (binds(type) && seen.add(type)) {
                Cache carried = annotation(Arrays.asList(type.getAnnotations()), seen);
                if (carried != null) {
                    return carried;
                }
            }
        }
        return null;
    }

    private static boolean binds(Class<?> annotationType) {
        return annotationType.isAnnotationPresent(Stereotype.class)
                || annotationType.isAnnotationPresent(InterceptorBinding.class);
    }

    /** The methods to cache; what cannot work is noted as a problem and left out. */
    List<Found> methods() {
        List<Found> found = new ArrayList<>();
        boolean covers = false;
        for (Method method : methodsOf(type)) {
            Cache annotation = onMethod.apply(method);
            String http = ResourceMethods.httpMethod(type, method);
            if (annotation != null) {
                if (canBeIntercepted(method)
                        && answersGet(method, http)
                        && returnsSomething(method, http)
                        && isReadAgain(method, http)) {
                    found.add(new Found(method, annotation, http == null ? Kind.VALUE : Kind.RESPONSE));
                }
            } else if (onType != null && "GET".equals(http) && canBeIntercepted(method)) {
                found.add(new Found(method, onType, Kind.RESPONSE));
            } else if (onType != null && isFinalForProxies(method)) {
                problems.add(
                        who(method) + " covers its class by the annotation of the type, but the method is final, so the"
                                + " class cannot be proxied. Remove final, or annotate methods instead of the type");
            }
            covers |= "GET".equals(http);
        }
        if (onType != null && !covers && !Modifier.isAbstract(type.getModifiers())) {
            problems.add(
                    "@Cache on " + type.getName() + " covers nothing: on a type it is for Jakarta REST resources with"
                            + " methods that answer GET. Annotate the methods whose return values are to be cached");
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            above(type).stream().filter(Inspection::hasAny).forEach(this::complainAbout);
        }
        String why = whyNoSubclass();
        if (why != null) {
            found.forEach(one -> problems.add(who(one.method()) + " cannot work: the class " + why));
            found.clear();
        }
        return found;
    }

    private @Nullable String whyNoSubclass() {
        if (Modifier.isFinal(type.getModifiers())) {
            return "is final, so no interceptor can stand before it. Remove final";
        }
        return Arrays.stream(type.getDeclaredConstructors()).allMatch(any -> Modifier.isPrivate(any.getModifiers()))
                ? "has a private constructor only, so no interceptor can stand before it. Make one package-private"
                : null;
    }

    /** Notes what is annotated above the class, and binds no interceptor to it. */
    private void complainAbout(Class<?> above) {
        if (above.isInterface() && annotation(above) != null && onType == null) {
            problems.add(onInterface(above));
        }
        for (Method method : above.getDeclaredMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && annotation(method) != null && !isReplaced(method)) {
                problems.add("@Cache on " + above.getName() + "." + method.getName()
                        + " cannot work: the method is abstract, and CDI inherits no interceptor binding from it. Annotate"
                        + " the method of " + type.getName() + " that implements it");
            }
        }
    }

    /** Whether the method that implements an abstract one has its own annotation; of generic types it may differ in them. */
    private boolean isReplaced(Method method) {
        return methodsOf(type).stream()
                .anyMatch(any -> !Modifier.isAbstract(any.getModifiers())
                        && any.getName().equals(method.getName())
                        && any.getParameterCount() == method.getParameterCount()
                        && onMethod.apply(any) != null);
    }

    /** What is wrong with an annotated interface, and with one whose methods are and that no bean implements. */
    static String onInterface(Class<?> type) {
        return "@Cache on the interface " + type.getName()
                + " cannot work: CDI inherits no interceptor binding from an interface. Annotate the class that"
                + " implements it";
    }

    /**
     * Notes that the methods of a class are called past every interceptor, because the container does not make its objects.
     * Those that answer requests are cached nevertheless.
     */
    static void complainAboutUnmade(Class<?> type, String why, Problems problems) {
        if (!hasAny(type) && above(type).stream().noneMatch(Inspection::hasAny)) {
            return;
        }
        Problems others = new Problems(); // they would come after this one is mended
        of(type, others).methods().stream()
                .filter(found -> found.kind() == Kind.VALUE)
                .map(found ->
                        "@Cache on " + type.getName() + "." + found.method().getName() + " cannot work: " + why)
                .forEach(problems::add);
    }

    /** Why the container can make no bean of a class; null if it can. */
    static @Nullable String whyNoBean(Class<?> type) {
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return "the class is an inner one, of which the container makes no bean. Make it static";
        }
        return Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(any -> any.isAnnotationPresent(Inject.class)
                                || (any.getParameterCount() == 0 && !Modifier.isPrivate(any.getModifiers())))
                ? null
                : "the class has no constructor that the container can call, so it is no bean. Annotate one with @Inject,"
                        + " or add one without parameters";
    }

    /** Why what a producer method returns has no interceptors. */
    static String whyUnmade(Method producer) {
        String type = producer.getReturnType().getSimpleName();
        return "what the producer method " + producer.getDeclaringClass().getName() + "." + producer.getName()
                + " returns is not made by the container, so no interceptor stands before it. Make a bean of " + type
                + ", or let the producer take an InterceptionFactory<" + type + "> and return what that creates";
    }

    /**
     * Reports that several producers make intercepted instances of one class: the key names the class and not the
     * producer, so they would share their entries.
     */
    static void complainAboutSharing(Class<?> type, List<Method> producers, List<Found> methods, Problems problems) {
        if (producers.size() > 1 && methods.stream().anyMatch(any -> any.kind() == Kind.VALUE)) {
            String all = producers.stream()
                    .map(any -> any.getDeclaringClass().getName() + "." + any.getName())
                    .sorted()
                    .collect(Collectors.joining(" and "));
            problems.add("@Cache on " + type.getName() + " cannot work: the producer methods " + all
                    + " each make an intercepted instance of it. These would share their entries, since the key names only"
                    + " class, method and arguments. Let each producer make its own subclass, or keep one producer");
        }
    }

    /** The superclasses of a class, and all interfaces. */
    private static Set<Class<?>> above(Class<?> type) {
        Set<Class<?>> above = new LinkedHashSet<>();
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .filter(any -> any != Object.class && above.add(any))
                .forEach(any -> above.addAll(above(any)));
        return above;
    }

    private boolean canBeIntercepted(Method method) {
        int modifiers = method.getModifiers();
        String what = Modifier.isPrivate(modifiers)
                ? "private"
                : Modifier.isStatic(modifiers)
                        ? "static"
                        : Modifier.isFinal(modifiers)
                                ? "final"
                                // OpenWebBeans tells of none, and lets no interceptor stand before them
                                : method.isDefault() && !told.test(method) ? "the default one of an interface" : null;
        if (what != null) {
            problems.add(who(method) + " cannot work: the method is " + what
                    + ", so no interceptor can stand before it. Make it an ordinary method, or remove the annotation");
        }
        return what == null;
    }

    private boolean answersGet(Method method, @Nullable String http) {
        boolean fine = http == null || http.equals("GET");
        if (!fine) {
            problems.add(who(method) + " cannot work: the method answers " + http
                    + ", and only responses to GET are stored. Remove the annotation");
        }
        return fine;
    }

    private boolean returnsSomething(Method method, @Nullable String http) {
        boolean fine = http != null || (method.getReturnType() != void.class && method.getReturnType() != Void.class);
        if (!fine) {
            problems.add(who(method) + " cannot work: the method returns nothing that could be cached."
                    + " Return a value, or remove the annotation");
        }
        return fine;
    }

    private boolean isReadAgain(Method method, @Nullable String http) {
        Class<?> once = http == null ? DeclaredValue.readOnce(method, type) : null;
        if (once != null) {
            problems.add(
                    who(method) + " cannot work: a " + once.getName() + " can be read only once, so the second caller"
                            + " would find it used up. Return a list, text or bytes, or remove the annotation");
        }
        return once == null;
    }

    private static boolean isFinalForProxies(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers);
    }

    private String who(Method method) {
        return "@Cache on " + type.getName() + "." + method.getName();
    }

    /** The methods of a class, its superclasses and interfaces, without bridges and those that are overridden. */
    private static List<Method> methodsOf(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Class<?> above = type; above != null && above != Object.class; above = above.getSuperclass()) {
            for (Method method : above.getDeclaredMethods()) {
                boolean own = Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers());
                String signature =
                        method.getName() + List.of(method.getParameterTypes()) + (own ? above.getName() : "");
                if (!method.isBridge() && !method.isSynthetic() && seen.add(signature)) {
                    methods.add(method);
                }
            }
        }
        for (Method method : type.getMethods()) {
            if (method.isDefault()
                    && !method.isBridge()
                    && seen.add(method.getName() + List.of(method.getParameterTypes()))) {
                methods.add(method);
            }
        }
        return methods;
    }
}
