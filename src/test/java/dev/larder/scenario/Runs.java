package dev.larder.scenario;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often the methods of an application under test run. Part of every such application. */
public final class Runs {

    private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();

    private Runs() {}

    /** @return the number of this run, from 1 */
    public static int of(String name) {
        return COUNTS.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
    }

    @WebServlet("/runs")
    public static class Counts extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AtomicInteger count = COUNTS.get(request.getParameter("of"));
            response.getWriter().print(count == null ? 0 : count.get());
        }
    }
}
