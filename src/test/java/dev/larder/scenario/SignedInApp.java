package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheScope;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/** The application under test of {@link SignedInIT}: resources for the users of the server. */
class SignedInApp {

    /** BASIC, for all of {@code readers} (of which {@link ReadersResource} says more), and for one role of {@code guarded}. */
    static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>readers</web-resource-name>
                  <url-pattern>/api/readers/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>reader</role-name><role-name>guest</role-name></auth-constraint>
              </security-constraint>
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>guarded</web-resource-name>
                  <url-pattern>/api/guarded/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>reader</role-name></auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>BASIC</auth-method>
                <realm-name>file</realm-name>
              </login-config>
              <security-role><role-name>reader</role-name></security-role>
              <security-role><role-name>guest</role-name></security-role>
            </web-app>
            """;

    /** On Payara a user has groups, and the application says which role they are. */
    static final String GLASSFISH_WEB_XML = """
            <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN" "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
            <glassfish-web-app>
              <security-role-mapping><role-name>reader</role-name><group-name>reader</group-name></security-role-mapping>
              <security-role-mapping><role-name>guest</role-name><group-name>guest</group-name></security-role-mapping>
            </glassfish-web-app>
            """;

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** Guarded by the path alone. */
    @Path("guarded")
    @RequestScoped
    @Produces("text/plain")
    public static class Guarded {

        @Context
        SecurityContext caller;

        @GET
        @Path("default")
        @Cache(ttl = 300)
        public String byDefault() {
            return answer(caller);
        }

        @GET
        @Path("user")
        @Cache(ttl = 300, scope = CacheScope.USER)
        public String ofUser() {
            return answer(caller);
        }

        @GET
        @Path("authenticated")
        @Cache(ttl = 300, scope = CacheScope.AUTHENTICATED)
        public String ofAuthenticated() {
            return answer(caller);
        }

        @GET
        @Path("public")
        @Cache(ttl = 300)
        public Response saidToBePublic() {
            return publicAnswer(caller);
        }
    }

    /** The specification does not say how a session bean's refusal is answered: WildFly sends 500. */
    @Provider
    public static class Refusal implements ExceptionMapper<EJBAccessException> {
        @Override
        public Response toResponse(EJBAccessException e) {
            return Response.status(403).build();
        }
    }

    static String answer(SecurityContext caller) {
        return caller.getUserPrincipal().getName() + ", run " + Runs.of("signed-in");
    }

    static Response publicAnswer(SecurityContext caller) {
        return Response.ok(answer(caller)).header("Cache-Control", "public").build();
    }

    /** Begins a session: its requests have a principal and no {@code Authorization}. */
    @WebServlet("/login")
    public static class Login extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.getSession(true);
            request.login(request.getParameter("user"), request.getParameter("password"));
            response.getWriter().print(request.getUserPrincipal().getName());
        }
    }
}
