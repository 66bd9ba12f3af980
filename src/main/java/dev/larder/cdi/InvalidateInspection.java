package dev.larder.cdi;

import dev.larder.CacheInvalidate;
import dev.larder.policy.DeclaredParameters;
import dev.larder.policy.MethodTags;
import dev.larder.policy.Problems;
import dev.larder.rest.ResourceMethods;
import dev.larder.rest.ResourceParameters;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the methods with {@link CacheInvalidate} of a class, and reports those that can never invalidate anything. */
final class InvalidateInspection {

    private static final String ANNOTATION = "@CacheInvalidate on ";

    private final Class<?> type;
    private final Collection<Annotation> onType;
    private final Function<Method, Collection<Annotation>> onMethod;
    private final Predicate<Method> listed;
    private final Problems problems;

    private InvalidateInspection(
            Class<?> type,
            Collection<Annotation> onType,
            Function<Method, Collection<Annotation>> onMethod,
            Predicate<Method> listed,
            Problems problems) {
        this.type = type;
        this.onType = onType;
        this.onMethod = onMethod;
        this.listed = listed;
        this.problems = problems;
    }

    /** Inspects a type as the container sees it, with what other extensions changed. */
    static List<InvalidatingMethod> of(AnnotatedType<?> type, Problems problems) {
        Map<Method, Set<Annotation>> listed = new HashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            listed.put(method.getJavaMember(), method.getAnnotations());
        }
        return new InvalidateInspection(
                        type.getJavaClass(),
                        type.getAnnotations(),
                        // not every container lists private and inherited methods
                        method -> listed.containsKey(method) ? listed.get(method) : annotations(method),
                        listed::containsKey,
                        problems)
                .methods();
    }

    /** Inspects a class that is no bean. */
    static List<InvalidatingMethod> of(Class<?> type, Problems problems) {
        return new InvalidateInspection(
                        type, annotations(type), InvalidateInspection::annotations, method -> true, problems)
                .methods();
    }

    private static Collection<Annotation> annotations(AnnotatedElement element) {
        return Arrays.asList(element.getAnnotations());
    }

    private static @Nullable CacheInvalidate among(Collection<Annotation> annotations) {
        return CacheAnnotations.among(annotations, CacheInvalidate.class);
    }

    /** Whether an annotation is {@link CacheInvalidate}, or carries it. */
    static boolean isCacheInvalidate(Annotation annotation) {
        return among(Set.of(annotation)) != null;
    }

    /** Whether a class has the annotation, or a method of it or of its superclasses. */
    static boolean areIn(Class<?> type) {
        return areDeclaredIn(type)
                || CacheAnnotations.methods(type).stream().anyMatch(method -> among(annotations(method)) != null);
    }

    /** Whether a class or interface has the annotation, or a method that it declares. */
    static boolean areDeclaredIn(Class<?> type) {
        try {
            return among(annotations(type)) != null
                    || Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> among(annotations(method)) != null);
        } catch (LinkageError e) {
            return false; // an optional library is missing, which the container did not need either
        }
    }

    private List<InvalidatingMethod> methods() {
        if (among(onType) != null) {
            problems.add(onType(type));
        }
        List<InvalidatingMethod> methods = new ArrayList<>();
        for (Method method : CacheAnnotations.methods(type)) {
            CacheInvalidate annotation = among(onMethod.apply(method));
            if (annotation != null && isSound(method)) {
                methods.add(new InvalidatingMethod(type, method, tags(method, annotation)));
            }
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            CacheAnnotations.inherited(type).stream()
                    .filter(InvalidateInspection::areDeclaredIn)
                    .forEach(this::reportUninherited);
        }
        String why = Inspection.whyNoSubclass(type);
        if (why != null) {
            methods.forEach(each -> problems.add(who(each.method()) + " cannot work: the class " + why));
            return List.of();
        }
        return methods;
    }

    private MethodTags tags(Method method, CacheInvalidate annotation) {
        DeclaredParameters declared = ResourceMethods.httpMethod(type, method) == null
                ? DeclaredParameters.NONE
                : ResourceParameters.of(type, method);
        return MethodTags.invalidated(type, method, annotation.tags(), declared, problems);
    }

    private boolean isSound(Method method) {
        String kind = Inspection.whyNotIntercepted(method, listed);
        boolean cached = CacheAnnotations.among(onMethod.apply(method)) != null
                || (CacheAnnotations.among(onType) != null && "GET".equals(ResourceMethods.httpMethod(type, method)));
        if (kind != null) {
            problems.add(who(method) + kind);
        } else if (cached) {
            problems.add(
                    who(method)
                            + " cannot work: @Cache covers the method, too, and on a hit it does not run. Remove one of the two");
        }
        return kind == null && !cached;
    }

    /** Reports annotations of a superclass or interface that bind no interceptor to the class. */
    private void reportUninherited(Class<?> above) {
        if (above.isInterface() && among(annotations(above)) != null) {
            problems.add(onInterface(above));
        }
        for (Method method : above.getDeclaredMethods()) {
            if (Modifier.isAbstract(method.getModifiers())
                    && among(annotations(method)) != null
                    && !isReplaced(method)) {
                problems.add(ANNOTATION + above.getName() + "." + method.getName()
                        + " cannot work: the method is abstract, and CDI inherits no interceptor binding from it."
                        + " Annotate the method of " + type.getName() + " that implements it");
            }
        }
    }

    private boolean isReplaced(Method method) {
        return CacheAnnotations.methods(type).stream()
                .anyMatch(any -> !Modifier.isAbstract(any.getModifiers())
                        && any.getName().equals(method.getName())
                        && any.getParameterCount() == method.getParameterCount()
                        && among(onMethod.apply(any)) != null);
    }

    /** The problem of an annotated interface without a bean that implements it. */
    static String onInterface(Class<?> type) {
        return ANNOTATION + "the interface " + type.getName()
                + " cannot work: CDI inherits no interceptor binding from an interface. Annotate the class that"
                + " implements it";
    }

    private static String onType(Class<?> type) {
        return ANNOTATION + type.getName()
                + " cannot work: on a type it does not determine which methods change something. Annotate these methods";
    }

    /** Reports the annotated methods of a class that is no bean, except resource methods, which work nevertheless. */
    static void report(Class<?> type, String why, Problems problems) {
        if (!areDeclaredIn(type)
                && CacheAnnotations.inherited(type).stream().noneMatch(InvalidateInspection::areDeclaredIn)) {
            return;
        }
        if (among(annotations(type)) != null) {
            problems.add(onType(type));
        }
        of(type, new Problems()).stream()
                .map(InvalidatingMethod::method)
                .filter(method -> ResourceMethods.httpMethod(type, method) == null)
                .forEach(method ->
                        problems.add(ANNOTATION + type.getName() + "." + method.getName() + " cannot work: " + why));
    }

    private String who(Method method) {
        return ANNOTATION + type.getName() + "." + method.getName();
    }
}
