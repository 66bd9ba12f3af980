package dev.larder.cdi;

import jakarta.enterprise.inject.spi.Annotated;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Delegates to another {@link Annotated}. */
abstract class DecoratedAnnotated<A extends Annotated> implements Annotated {

    final A decorated;

    DecoratedAnnotated(A decorated) {
        this.decorated = decorated;
    }

    @Override
    public Type getBaseType() {
        return decorated.getBaseType();
    }

    @Override
    public Set<Type> getTypeClosure() {
        return decorated.getTypeClosure();
    }

    @Override
    public <N extends Annotation> @Nullable N getAnnotation(Class<N> type) {
        return decorated.getAnnotation(type);
    }

    @Override
    public <N extends Annotation> Set<N> getAnnotations(Class<N> type) {
        return decorated.getAnnotations(type);
    }

    @Override
    public Set<Annotation> getAnnotations() {
        return decorated.getAnnotations();
    }

    @Override
    public boolean isAnnotationPresent(Class<? extends Annotation> type) {
        return decorated.isAnnotationPresent(type);
    }
}
