package dev.larder.cdi;

import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@link ObservedOutcome} to some methods of a type. CDI has a configurator for this, but OpenWebBeans lets no extension
 * configure a type that another one replaces, as the extension of Bean Validation does.
 */
final class ObservedType<X> extends DecoratedAnnotated<AnnotatedType<X>> implements AnnotatedType<X> {

    private final Set<AnnotatedMethod<? super X>> methods;

    ObservedType(AnnotatedType<X> type, Set<Method> observed) {
        super(type);
        methods = new LinkedHashSet<>();
        for (AnnotatedMethod<? super X> method : type.getMethods()) {
            methods.add(observed.contains(method.getJavaMember()) ? new ObservedMethod<>(method) : method);
        }
    }

    @Override
    public Class<X> getJavaClass() {
        return decorated.getJavaClass();
    }

    @Override
    public Set<AnnotatedConstructor<X>> getConstructors() {
        return decorated.getConstructors();
    }

    @Override
    public Set<AnnotatedMethod<? super X>> getMethods() {
        return methods;
    }

    @Override
    public Set<AnnotatedField<? super X>> getFields() {
        return decorated.getFields();
    }

    private static final class ObservedMethod<X> extends DecoratedAnnotated<AnnotatedMethod<X>>
            implements AnnotatedMethod<X> {

        private static final Annotation ADDED = ObservedOutcome.Literal.INSTANCE;

        ObservedMethod(AnnotatedMethod<X> method) {
            super(method);
        }

        @Override
        public Method getJavaMember() {
            return decorated.getJavaMember();
        }

        @Override
        public List<AnnotatedParameter<X>> getParameters() {
            return decorated.getParameters();
        }

        @Override
        public boolean isStatic() {
            return decorated.isStatic();
        }

        @Override
        public AnnotatedType<X> getDeclaringType() {
            return decorated.getDeclaringType();
        }

        @Override
        public <A extends Annotation> @Nullable A getAnnotation(Class<A> type) {
            return type == ObservedOutcome.class ? type.cast(ADDED) : decorated.getAnnotation(type);
        }

        @Override
        public Set<Annotation> getAnnotations() {
            return Stream.concat(decorated.getAnnotations().stream(), Stream.of(ADDED))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean isAnnotationPresent(Class<? extends Annotation> type) {
            return type == ObservedOutcome.class || decorated.isAnnotationPresent(type);
        }
    }
}
