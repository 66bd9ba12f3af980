package dev.larder.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A request, its caller and session, and what was answered. */
final class GivenRequest {

    private interface Handler {
        Object handle(String method, Object... arguments) throws Throwable;
    }

    final Map<String, String> answered = new HashMap<>();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    int status = 200;

    private final String method;
    private final String path;
    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Set<String> roles = new HashSet<>();
    private Map<String, Object> session;
    private boolean secure;
    private boolean committed;
    private String caller;
    private String signsInAs;
    private boolean cannotSignIn;

    private GivenRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static GivenRequest of(String method, String path) {
        return new GivenRequest(method, path);
    }

    GivenRequest fields(Map<String, String> given) {
        fields.putAll(given);
        return this;
    }

    GivenRequest field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    GivenRequest parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    GivenRequest secure(boolean is) {
        secure = is;
        return this;
    }

    GivenRequest caller(String name, String... inRoles) {
        caller = name;
        roles.addAll(Set.of(inRoles));
        return this;
    }

    /** Who is nobody until the application has asked. */
    GivenRequest signsInAs(String name, String... inRoles) {
        signsInAs = name;
        roles.addAll(Set.of(inRoles));
        return this;
    }

    GivenRequest cannotSignIn() {
        cannotSignIn = true;
        return this;
    }

    GivenRequest session(Map<String, Object> attributes) {
        session = attributes;
        return this;
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    HttpServletRequest request() {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getContextPath" -> "/shop";
            case "getHeader" -> fields.get((String) arguments[0]);
            case "getParameter" -> parameters.get((String) arguments[0]);
            case "isSecure" -> secure;
            case "getUserPrincipal" -> caller == null ? null : (Principal) () -> caller;
            case "isUserInRole" -> caller != null && roles.contains((String) arguments[0]);
            case "authenticate" -> authenticate();
            case "getSession" -> session(arguments.length == 0 || (boolean) arguments[0]);
            case "setCharacterEncoding" -> null;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private boolean authenticate() throws ServletException {
        if (cannotSignIn) {
            throw new ServletException("There is no way to sign in");
        }
        caller = signsInAs;
        if (caller == null) {
            status = 401;
            committed = true;
        }
        return caller != null;
    }

    private HttpSession session(boolean create) {
        if (session == null && create) {
            session = new HashMap<>();
        }
        return session == null
                ? null
                : fake(HttpSession.class, (name, arguments) -> switch (name) {
                    case "getAttribute" -> session.get((String) arguments[0]);
                    case "setAttribute" -> session.put((String) arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(name);
                });
    }

    HttpServletResponse response() {
        return fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
            case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
            case "setContentLength" -> null;
            case "setStatus" -> {
                status = (int) arguments[0];
                yield null;
            }
            case "getStatus" -> status;
            case "isCommitted" -> committed;
            case "getOutputStream" -> output();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int one) {
                body.write(one);
            }
        };
    }

    private static <T> T fake(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                GivenRequest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        handler.handle(method.getName(), arguments == null ? new Object[0] : arguments)));
    }
}
