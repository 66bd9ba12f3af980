package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a response of Undertow (WildFly), which are in no header field before the response starts. Reached by
 * reflection, since an application does not see Undertow's classes.
 *
 * @param exchange the {@code HttpServerExchange}
 * @param undertow the methods to ask
 */
record UndertowCookies(Object exchange, Undertow undertow) {

    /** Undertow's methods, looked up once. */
    private record Undertow(Method requireCurrent, Method getExchange, Method responseCookies) {

        static Undertow of(ClassLoader loader) throws ReflectiveOperationException {
            Class<?> context = Class.forName("io.undertow.servlet.handlers.ServletRequestContext", true, loader);
            Method getExchange = context.getMethod("getExchange");
            return new Undertow(
                    context.getMethod("requireCurrent"),
                    getExchange,
                    getExchange.getReturnType().getMethod("responseCookies"));
        }
    }

    private static volatile @Nullable Undertow known;

    /** Those of the current thread's request, or null on another server. */
    static @Nullable UndertowCookies of(HttpServletRequest request) {
        Class<?> context = request.getServletContext().getClass();
        if (!context.getName().startsWith("io.undertow.")) {
            return null;
        }
        try {
            Undertow undertow = known;
            if (undertow == null) {
                undertow = Undertow.of(context.getClassLoader());
                known = undertow;
            }
            Object current = undertow.requireCurrent().invoke(null);
            return new UndertowCookies(undertow.getExchange().invoke(current), undertow);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Undertow does not tell its cookies", e);
        }
    }

    int count() {
        try {
            int count = 0;
            for (Object ignored : (Iterable<?>) undertow.responseCookies().invoke(exchange)) {
                count++;
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Undertow does not tell its cookies", e);
        }
    }
}
