package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.response.ResponseCache;
import dev.larder.service.Logs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** What is done after a request that may have changed something. */
class InvalidationFilterTest {

    private final InvalidationFilter filter = new InvalidationFilter(
            new ResponseCache(() -> "shop", InstantSource.system(), any -> false, false),
            (tags, uris) -> {},
            Runnable::run);

    @Test
    void a_safe_request_whose_servlet_request_is_recycled_already_fills_no_log() {
        AtomicBoolean recycled = new AtomicBoolean();
        HttpServletRequest ofServlet = fake(HttpServletRequest.class, (proxy, method, arguments) -> {
            if (recycled.get()) {
                throw new NullPointerException("recycled");
            }
            return method.getName().equals("getMethod") ? "GET" : null;
        });
        ServletExchange servlet = new ServletExchange(ofServlet, fake(HttpServletResponse.class, (p, m, a) -> null));
        recycled.set(true);
        ContainerRequestContext request =
                fake(ContainerRequestContext.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "GET";
                    case "getProperty" -> ServletExchange.PROPERTY.equals(arguments[0]) ? servlet : null;
                    default -> null;
                });
        ContainerResponseContext response = fake(
                ContainerResponseContext.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getHeaders") ? new MultivaluedHashMap<String, Object>() : null);
        try (Logs logs = new Logs()) {
            filter.filter(request, response);

            assertThat(logs.at(Level.WARNING)).isEmpty();
        }
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
