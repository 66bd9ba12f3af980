package dev.larder.rest;

import dev.larder.http.CacheGroups;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The servlet request and response behind those of Jakarta REST. Loaded only if the server has the servlet API.
 *
 * @param method the method of the request line. Read at once: Tomcat may recycle an asynchronous request before its response
 *     filters have run
 */
record ServletExchange(HttpServletRequest request, HttpServletResponse response, String method) {

    static final String PROPERTY = "dev.larder.servlet";

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    /** The fields that are not compared: Jakarta REST or the server sets them, and cookies are counted instead. */
    private static final Set<String> NOT_COMPARED =
            Set.of("connection", "content-length", "content-type", "date", "set-cookie", "transfer-encoding");

    ServletExchange(HttpServletRequest request, HttpServletResponse response) {
        this(request, response, request.getMethod());
    }

    /**
     * Runs an action when an asynchronous request completes; never if the request is not asynchronous, or if it is too
     * late to add a listener.
     */
    void onAsyncComplete(Runnable action) {
        try {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new Completion(action));
            }
        } catch (IllegalStateException returned) {
            // Servlet §9.7: no listener can be added once the container's thread has returned
        }
    }

    private record Completion(Runnable action) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            action.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** The state before the resource method ran. */
    record Before(
            Map<String, List<String>> fields,
            int setCookies,
            @Nullable UndertowCookies undertow,
            int cookies,
            List<@Nullable Object> content) {}

    /** Whether fields show if there is a body, as in HTTP/1. HTTP/2 and HTTP/3 need no field for it (RFC 9113 §8.1.1). */
    boolean isFramedByFields() {
        return request.getProtocol().startsWith("HTTP/1.");
    }

    Before before() {
        UndertowCookies undertow = UndertowCookies.of(request);
        return new Before(fields(), setCookies(), undertow, undertow == null ? 0 : undertow.count(), content());
    }

    /** What describes the body apart from header fields. No record: see {@code CachedResource}. */
    private List<@Nullable Object> content() {
        return Arrays.asList(response.getContentType(), response.getCharacterEncoding(), locale());
    }

    /** The locale; null on Payara: after a call for the default locale, it sends that as Content-Language. */
    private @Nullable Locale locale() {
        String server = request.getServletContext().getServerInfo();
        return server != null && server.startsWith("Payara") ? null : response.getLocale();
    }

    /** Whether the type, the encoding or the locale was set since. */
    boolean isContentSet(Before before) {
        return !content().equals(before.content);
    }

    /**
     * The fields that were set or added since then. A field that was set again to the same value looks unchanged.
     */
    Map<String, List<String>> changesSince(Before before) {
        Map<String, List<String>> changes = fields();
        changes.entrySet().removeIf(field -> field.getValue().equals(before.fields.get(field.getKey())));
        changes.replaceAll((name, lines) -> added(lines, before.fields.get(name)));
        return changes;
    }

    /** The lines that were added after the earlier ones; all lines if the earlier ones have changed. */
    private static List<String> added(List<String> lines, @Nullable List<String> earlier) {
        if (earlier == null
                || earlier.size() >= lines.size()
                || !lines.subList(0, earlier.size()).equals(earlier)) {
            return lines;
        }
        return lines.subList(earlier.size(), lines.size());
    }

    private Map<String, List<String>> fields() {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : response.getHeaderNames()) {
            if (!NOT_COMPARED.contains(name.toLowerCase(Locale.ROOT))) {
                fields.put(name, new ArrayList<>(response.getHeaders(name)));
            }
        }
        return fields;
    }

    /** The groups that were set by the servlet API, of the response and those that it invalidates. */
    Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try {
            for (String name : List.copyOf(response.getHeaderNames())) {
                if (CacheGroups.isField(name)) {
                    groups.put(name, new ArrayList<>(response.getHeaders(name)));
                }
            }
        } catch (RuntimeException recycled) {
            LOG.log(System.Logger.Level.DEBUG, "The fields of a servlet response cannot be read", recycled);
        }
        return groups;
    }

    /** Removes {@link #groups}. A server that cannot remove a field (Tomcat, Payara) sends it empty. */
    void removeGroups() {
        for (String name : groups().keySet()) {
            response.setHeader(name, null);
            if (response.containsHeader(name)) {
                response.setHeader(name, "");
            }
        }
    }

    /** Whether a cookie was set since, or a session created during the request. */
    boolean hasNewCookie(Before before) {
        return setCookies() > before.setCookies
                || isSessionNew()
                || (before.undertow != null && before.undertow.count() > before.cookies);
    }

    private int setCookies() {
        return response.getHeaders("Set-Cookie").size();
    }

    private boolean isSessionNew() {
        HttpSession session = request.getSession(false);
        return session != null && session.isNew();
    }
}
