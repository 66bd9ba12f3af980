package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a response of Undertow (WildFly), which become header fields only when the response starts. Read by
 * reflection, since an application does not see Undertow's classes.
 *
 * @param exchange the {@code HttpServerExchange}
 * @param undertow the methods to call
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

    private static volatile @Nullable Undertow lookedUp;

    /** The cookies of the current request; null on another server. */
    static @Nullable UndertowCookies of(HttpServletRequest request) {
        Class<?> context = request.getServletContext().getClass();
        if (!context.getName().startsWith("io.undertow.")) {
            return null;
        }
        try {
            Undertow undertow = lookedUp;
            if (undertow == null) {
                undertow = Undertow.of(context.getClassLoader());
                lookedUp = undertow;
            }
            Object current = undertow.requireCurrent().invoke(null);
            return new UndertowCookies(undertow.getExchange().invoke(current), undertow);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The cookies of this version of Undertow cannot be read", e);
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
            throw new IllegalStateException("The cookies of this version of Undertow cannot be read", e);
        }
    }
}
