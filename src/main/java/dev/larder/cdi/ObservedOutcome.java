package dev.larder.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds the {@link OutcomeInterceptor}. Added by the extension to cached resource methods; applications never write it. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface ObservedOutcome {

    /** The annotation itself. */
    @SuppressWarnings("ClassExplicitlyAnnotation")
    final class Literal extends AnnotationLiteral<ObservedOutcome> implements ObservedOutcome {

        static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1L;
    }
}
