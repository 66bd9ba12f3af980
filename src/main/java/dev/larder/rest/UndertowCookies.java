package dev.larder.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a response of Undertow (WildFly), which are in no header field before the response starts.
 *
 * @param exchange the {@code HttpServerExchange}
 * @param responseCookies its method
 */
record UndertowCookies(Object exchange, Method responseCookies) {

    /** Those of the current thread's request, or null on another server. */
    static @Nullable UndertowCookies of(HttpServletRequest request) {
        Class<?> context = request.getServletContext().getClass();
        if (!context.getName().startsWith("io.undertow.")) {
            return null;
        }
        try {
            Class<?> type =
                    Class.forName("io.undertow.servlet.handlers.ServletRequestContext", true, context.getClassLoader());
            Object current = type.getMethod("requireCurrent").invoke(null);
            Object exchange = type.getMethod("getExchange").invoke(current);
            return new UndertowCookies(exchange, exchange.getClass().getMethod("responseCookies"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Undertow does not tell its cookies", e);
        }
    }

    int count() {
        try {
            int count = 0;
            for (Object ignored : (Iterable<?>) responseCookies.invoke(exchange)) {
                count++;
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Undertow does not tell its cookies", e);
        }
    }
}
