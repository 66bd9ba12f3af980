package dev.larder.bench.hit;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Binds an interceptor that answers a constant and never calls the method: what a hit would cost without a cache. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@interface Constant {

    String TEXT = "a value";

    @Constant
    @jakarta.interceptor.Interceptor
    @jakarta.annotation.Priority(jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE)
    class Answers {

        @AroundInvoke
        public Object answer(InvocationContext call) {
            return TEXT;
        }
    }
}
