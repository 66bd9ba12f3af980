package dev.larder.cdi;

import dev.larder.Cache;
import dev.larder.policy.CachePolicy.Kind;
import dev.larder.policy.Problems;
import dev.larder.rest.ResourceMethods;
import dev.larder.value.DeclaredValue;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the annotated methods of a class, and reports those that can never be cached. */
final class Inspection {

    private final Class<?> type;
    private final @Nullable Cache onType;
    private final Function<Method, @Nullable Cache> onMethod;
    private final Predicate<Method> listed;
    private final Problems problems;

    private Inspection(
            Class<?> type,
            @Nullable Cache onType,
            Function<Method, @Nullable Cache> onMethod,
            Predicate<Method> listed,
            Problems problems) {
        this.type = type;
        this.onType = onType;
        this.onMethod = onMethod;
        this.listed = listed;
        this.problems = problems;
    }

    /** Inspects a type as the container sees it, with what other extensions changed. */
    static Inspection of(AnnotatedType<?> type, Problems problems) {
        Map<Method, Optional<Cache>> listed = new HashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            listed.put(method.getJavaMember(), Optional.ofNullable(CacheAnnotations.among(method.getAnnotations())));
        }
        return new Inspection(
                type.getJavaClass(),
                CacheAnnotations.among(type.getAnnotations()),
                // not every container lists private and inherited methods
                method -> listed.containsKey(method) ? listed.get(method).orElse(null) : CacheAnnotations.of(method),
                listed::containsKey,
                problems);
    }

    /** Inspects a class that is no bean. */
    static Inspection of(Class<?> type, Problems problems) {
        return new Inspection(type, CacheAnnotations.of(type), CacheAnnotations::of, method -> true, problems);
    }

    /** The methods to cache. What cannot work is reported and left out. */
    List<CacheableMethod> methods() {
        List<CacheableMethod> methods = new ArrayList<>();
        boolean hasGet = false;
        for (Method method : CacheAnnotations.methods(type)) {
            String http = ResourceMethods.httpMethod(type, method);
            CacheableMethod cacheable = inspect(method, http);
            if (cacheable != null) {
                methods.add(cacheable);
            }
            hasGet |= "GET".equals(http);
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            if (onType != null && !hasGet) {
                problems.add("@Cache on " + type.getName()
                        + " covers nothing: on a type it is for Jakarta REST resources with"
                        + " methods that answer GET. Annotate the methods whose return values are to be cached");
            }
            CacheAnnotations.inherited(type).stream()
                    .filter(CacheAnnotations::areDeclaredIn)
                    .forEach(this::reportUninherited);
        }
        String why = whyNoSubclass(type);
        if (why != null) {
            methods.forEach(each -> problems.add(who(each.method()) + " cannot work: the class " + why));
            methods.clear();
        }
        return methods;
    }

    private @Nullable CacheableMethod inspect(Method method, @Nullable String http) {
        Cache annotation = onMethod.apply(method);
        if (annotation != null) {
            boolean cacheable = canBeIntercepted(method)
                    && answersGet(method, http)
                    && returnsValue(method, http)
                    && isReadRepeatedly(method, http);
            return cacheable
                    ? new CacheableMethod(method, annotation, http == null ? Kind.VALUE : Kind.RESPONSE)
                    : null;
        }
        if (onType != null && "GET".equals(http) && canBeIntercepted(method)) {
            return new CacheableMethod(method, onType, Kind.RESPONSE);
        }
        if (onType != null && isFinalForProxies(method)) {
            problems.add(
                    who(method) + " covers its class by the annotation of the type, but the method is final, so the"
                            + " class cannot be proxied. Remove final, or annotate methods instead of the type");
        }
        return null;
    }

    /** Why no interceptor can be bound to any method of a class, as the end of a sentence; null if it can. */
    static @Nullable String whyNoSubclass(Class<?> type) {
        if (Modifier.isFinal(type.getModifiers())) {
            return "is final, so no interceptor can run before it. Remove final";
        }
        return Arrays.stream(type.getDeclaredConstructors()).allMatch(any -> Modifier.isPrivate(any.getModifiers()))
                ? "has a private constructor only, so no interceptor can run before it. Make one package-private"
                : null;
    }

    /** Reports annotations of a superclass or interface that bind no interceptor to the class. */
    private void reportUninherited(Class<?> above) {
        if (above.isInterface() && CacheAnnotations.of(above) != null && onType == null) {
            problems.add(onInterface(above));
        }
        for (Method method : above.getDeclaredMethods()) {
            if (Modifier.isAbstract(method.getModifiers())
                    && CacheAnnotations.of(method) != null
                    && !isReplaced(method)) {
                problems.add("@Cache on " + above.getName() + "." + method.getName()
                        + " cannot work: the method is abstract, and CDI inherits no interceptor binding from it."
                        + " Annotate the method of " + type.getName() + " that implements it");
            }
        }
    }

    /** Whether the implementation of an abstract method has an annotation. Its parameter types may differ if they are generic. */
    private boolean isReplaced(Method method) {
        return CacheAnnotations.methods(type).stream()
                .anyMatch(any -> !Modifier.isAbstract(any.getModifiers())
                        && any.getName().equals(method.getName())
                        && any.getParameterCount() == method.getParameterCount()
                        && onMethod.apply(any) != null);
    }

    /** The problem of an interface that is annotated, or whose methods are, without a bean that implements it. */
    static String onInterface(Class<?> type) {
        return "@Cache on the interface " + type.getName()
                + " cannot work: CDI inherits no interceptor binding from an interface. Annotate the class that"
                + " implements it";
    }

    private boolean canBeIntercepted(Method method) {
        String why = whyNotIntercepted(method, listed);
        if (why != null) {
            problems.add(who(method) + why);
        }
        return why == null;
    }

    /** Why no interceptor can run before a method, as the predicate of a sentence; null if it can. */
    static @Nullable String whyNotIntercepted(Method method, Predicate<Method> listed) {
        int modifiers = method.getModifiers();
        String kind = Modifier.isPrivate(modifiers)
                ? "private"
                : Modifier.isStatic(modifiers)
                        ? "static"
                        : Modifier.isFinal(modifiers)
                                ? "final"
                                // OpenWebBeans does not list default methods, and does not intercept them
                                : method.isDefault() && !listed.test(method) ? "the default one of an interface" : null;
        return kind == null
                ? null
                : " cannot work: the method is " + kind
                        + ", so no interceptor can run before it. Make it an ordinary method, or remove the annotation";
    }

    private boolean answersGet(Method method, @Nullable String http) {
        boolean fine = http == null || http.equals("GET");
        if (!fine) {
            problems.add(who(method) + " cannot work: the method answers " + http
                    + ", and only responses to GET are stored. Remove the annotation");
        }
        return fine;
    }

    private boolean returnsValue(Method method, @Nullable String http) {
        boolean fine = http != null || (method.getReturnType() != void.class && method.getReturnType() != Void.class);
        if (!fine) {
            problems.add(who(method) + " cannot work: the method returns nothing that could be cached."
                    + " Return a value, or remove the annotation");
        }
        return fine;
    }

    private boolean isReadRepeatedly(Method method, @Nullable String http) {
        Class<?> once = http == null ? DeclaredValue.readOnce(method, type) : null;
        if (once != null) {
            problems.add(
                    who(method) + " cannot work: a " + once.getName() + " can be read only once, so the second caller"
                            + " would get nothing. Return a list, text or bytes, or remove the annotation");
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
}
