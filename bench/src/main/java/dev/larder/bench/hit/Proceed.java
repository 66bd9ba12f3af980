package dev.larder.bench.hit;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Binds an interceptor that only proceeds: what a call of the method costs where nothing is cached. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@interface Proceed {

    @Proceed
    @jakarta.interceptor.Interceptor
    @jakarta.annotation.Priority(jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE)
    class Proceeds {

        @AroundInvoke
        public Object proceed(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }
}
