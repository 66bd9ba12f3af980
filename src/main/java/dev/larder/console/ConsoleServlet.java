package dev.larder.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheBackendException;
import dev.larder.CacheValueException;
import dev.larder.UnknownBackendException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The console under {@code <context>/larder/}. It serves its files and {@code data.json} by GET, and {@code invalidate} and
 * {@code clear} by POST. Every request needs a caller in the role, whatever its path and method. A change needs the token
 * of {@code data.json} and a page of the same origin, too.
 */
public final class ConsoleServlet extends HttpServlet {

    /** The request field with the token. */
    static final String TOKEN_FIELD = "Larder-Token";

    private static final System.Logger LOG = System.getLogger("dev.larder.console");

    /** The fields of every response. The page loads its own files only, and no other page may embed it. */
    private static final Map<String, String> FIELDS = Map.of(
            "Cache-Control",
            "no-store",
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final String role;
    private final transient Supplier<Console> console;
    private final transient SessionToken token = new SessionToken();
    private final transient PageFiles files = new PageFiles();

    /**
     * Creates the servlet.
     *
     * @param role the role of the callers that may use it
     * @param console the console of the deployment that the current request belongs to
     */
    public ConsoleServlet(String role, Supplier<Console> console) {
        this.role = role;
        this.console = console;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FIELDS.forEach(response::setHeader);
        if (!isAllowed(request, response)) {
            return;
        }
        switch (request.getMethod()) {
            case "GET", "HEAD" -> show(request, response);
            case "POST" -> change(request, response);
            default -> {
                response.setHeader("Allow", "GET, HEAD, POST");
                refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Use GET, HEAD or POST");
            }
        }
    }

    /**
     * Whether the caller has the role. The constraint of the servlet has checked it before, unless the application's own
     * constraint for this path replaces it. If false, the response is complete.
     */
    private boolean isAllowed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null && !hasSignedIn(request, response)) {
            return false;
        }
        if (request.getUserPrincipal() != null && request.isUserInRole(role)) {
            return true;
        }
        refuse(response, HttpServletResponse.SC_FORBIDDEN, "The console is for callers in its role only");
        return false;
    }

    /** Asks the caller to sign in as the application does. If false, the response is complete. */
    private static boolean hasSignedIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.authenticate(response)) {
                return true;
            }
        } catch (ServletException e) {
            LOG.log(System.Logger.Level.DEBUG, "The caller of the console cannot sign in", e);
        }
        if (!response.isCommitted() && response.getStatus() < HttpServletResponse.SC_MULTIPLE_CHOICES) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "The console is for callers in its role only");
        }
        return false;
    }

    private void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            // the page's relative links need the slash
            response.setHeader("Location", request.getContextPath() + "/larder/");
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        } else if (path.equals("/data.json")) {
            send(
                    request,
                    response,
                    "application/json",
                    console.get().toJson(token.of(request)).getBytes(UTF_8));
        } else {
            PageFiles.File file = files.at(path);
            if (file == null) {
                refuse(response, HttpServletResponse.SC_NOT_FOUND, "The console has no such file");
            } else {
                send(request, response, file.type(), file.content());
            }
        }
    }

    private void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!SameOrigin.sent(request) || !SessionToken.matches(request.getHeader(TOKEN_FIELD), request)) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "A change needs the field Origin or Sec-Fetch-Site of the same origin, and the token of data.json in"
                            + " the field " + TOKEN_FIELD);
            return;
        }
        request.setCharacterEncoding("UTF-8");
        String path = String.valueOf(request.getPathInfo());
        String parameter = path.equals("/invalidate") ? "tag" : "backend";
        String value = request.getParameter(parameter);
        if (!path.equals("/invalidate") && !path.equals("/clear")) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "Send POST to invalidate or clear");
        } else if (value == null) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The parameter '" + parameter + "' is missing");
        } else {
            change(path, value, request, response);
        }
    }

    private void change(String path, String value, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            boolean done = isDone(path, value);
            Principal caller = request.getUserPrincipal();
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} of the console by {1}: ''{2}''{3}",
                    path.substring(1),
                    printable(caller.getName()),
                    printable(value),
                    done ? "" : ", which a backend did not confirm");
            send(request, response, "application/json", ("{\"done\":" + done + "}").getBytes(UTF_8));
        } catch (UnknownBackendException e) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "There is no such backend");
        } catch (CacheValueException e) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The tag is no Unicode text");
        }
    }

    private boolean isDone(String path, String value) {
        try {
            return path.equals("/clear")
                    ? console.get().clear(value)
                    : console.get().invalidate(value);
        } catch (CacheBackendException e) { // with on-error=throw
            return false;
        }
    }

    /** Without line breaks and other control characters, which would forge lines of the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, String type, byte[] body)
            throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    /** Not by {@code sendError}: an error page of the application could change the status. */
    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((why + ".\n").getBytes(UTF_8));
    }
}
