package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.Cache;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** The application under test of {@link RulesIT}: responses that must not be stored, and filters of the application's own. */
class RulesApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    @Path("")
    @RequestScoped
    @Produces("text/plain")
    @Cache(ttl = 300)
    public static class Responses {

        @Context
        HttpServletRequest request;

        @Context
        HttpServletResponse response;

        @GET
        @Path("shared")
        @Cache(ttl = 300, keyGenerator = SecuredResource.OneKey.class)
        public String shared() {
            return "run " + Runs.of("shared");
        }

        @GET
        @Path("ordinary")
        public String ordinary() {
            return "run " + Runs.of("ordinary");
        }

        @GET
        @Path("cache-control/{value}")
        public Response cacheControl(@PathParam("value") String value) {
            return Response.ok("run " + Runs.of("cache-control/" + value))
                    .header("Cache-Control", value)
                    .build();
        }

        @GET
        @Path("new-cookie")
        public Response newCookie() {
            return Response.ok("run " + Runs.of("new-cookie"))
                    .cookie(new NewCookie.Builder("who").value("me").build())
                    .build();
        }

        @GET
        @Path("servlet-cookie")
        public String servletCookie() {
            response.addCookie(new Cookie("who", "me"));
            return "run " + Runs.of("servlet-cookie");
        }

        @GET
        @Path("session")
        public String session() {
            request.getSession(true).setAttribute("who", "me");
            return "run " + Runs.of("session");
        }

        @GET
        @Path("status/{status}")
        public Response status(@PathParam("status") int status) {
            return Response.status(status)
                    .entity("run " + Runs.of("status/" + status))
                    .build();
        }

        @GET
        @Path("mapped/{status}")
        public String mapped(@PathParam("status") int status) {
            Runs.of("mapped/" + status);
            throw new MappedException(status);
        }

        @GET
        @Path("too-large")
        public String tooLarge() {
            Runs.of("too-large");
            return "x".repeat((1 << 20) + 1);
        }

        @GET
        @Path("large")
        public String large() {
            Runs.of("large");
            return "x".repeat(1 << 20);
        }

        @GET
        @Path("wrong-length")
        public Response wrongLength() {
            return Response.ok("run " + Runs.of("wrong-length"))
                    .header("Content-Length", 4000)
                    .build();
        }

        @GET
        @Path("half-written")
        public HalfWritten halfWritten() {
            Runs.of("half-written");
            return new HalfWritten();
        }

        @GET
        @Path("pair")
        @Produces("application/x-pair")
        public Pair pair() {
            return new Pair("a", "run " + Runs.of("pair"));
        }

        @GET
        @Path("secret-pair")
        @Produces("application/x-pair")
        public Pair secretPair() {
            return new Pair("secret", "run " + Runs.of("secret-pair"));
        }

        @GET
        @Path("zipped")
        @Zipped
        public String zipped() {
            return "run " + Runs.of("zipped") + " of something long enough to be worth it".repeat(20);
        }

        @GET
        @Path("host")
        public String host(@QueryParam("any") String any) {
            return request.getServerName() + " run " + Runs.of("host");
        }

        @GET
        @Path("header")
        public Response header() {
            return Response.ok("run " + Runs.of("header"))
                    .header("X-Resource", "said so")
                    .build();
        }
    }

    public static class MappedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        MappedException(int status) {
            this.status = status;
        }
    }

    @Provider
    public static class Mapper implements ExceptionMapper<MappedException> {
        @Override
        public Response toResponse(MappedException e) {
            return Response.status(e.status).entity("mapped").type("text/plain").build();
        }
    }

    @Provider
    public static class AccessMapper implements ExceptionMapper<EJBAccessException> {
        @Override
        public Response toResponse(EJBAccessException e) {
            return Response.status(403).build();
        }
    }

    public static class HalfWritten {}

    @Provider
    public static class HalfWriter implements MessageBodyWriter<HalfWritten> {
        @Override
        public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return type == HalfWritten.class;
        }

        @Override
        public void writeTo(
                HalfWritten entity,
                Class<?> type,
                Type genericType,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            out.write("half".getBytes(UTF_8));
            throw new IOException("on purpose");
        }
    }

    public record Pair(String name, String value) {}

    /** Takes whatever has its media type, bytes too. */
    @Provider
    @Produces("application/x-pair")
    public static class CatchAllWriter implements MessageBodyWriter<Object> {
        @Override
        public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return true;
        }

        @Override
        public void writeTo(
                Object entity,
                Class<?> type,
                Type genericType,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            headers.putSingle("X-Writer", "said so");
            if (entity.toString().contains("secret")) {
                headers.putSingle("Cache-Control", "no-store");
            }
            out.write(("<" + entity + ">").getBytes(UTF_8));
        }
    }

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Zipped {}

    @Provider
    @Zipped
    public static class Zipper implements WriterInterceptor {
        @Override
        public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
            OutputStream plain = context.getOutputStream();
            context.getHeaders().putSingle("Content-Encoding", "gzip");
            context.getHeaders().remove("Content-Length");
            GZIPOutputStream zipped = new GZIPOutputStream(plain);
            context.setOutputStream(zipped);
            context.proceed();
            zipped.finish();
        }
    }

    /** Adds what differs from request to request. */
    @Provider
    public static class PerRequest implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            response.getHeaders().add("X-Trace", UUID.randomUUID());
            response.getHeaders()
                    .putSingle("Access-Control-Allow-Origin", String.valueOf(request.getHeaderString("Origin")));
            if (request.getHeaderString("X-Tagged") != null) {
                response.getHeaders().add("ETag", "\"by-a-filter\"");
            }
            String name = request.getHeaderString("X-Name");
            if (name != null) {
                response.setEntity(response.getEntity() + " for " + name);
            }
        }
    }

    /** Somebody whom the application knows otherwise than by Authorization. */
    @Provider
    public static class KnownByHeader implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String who = request.getHeaderString("X-User");
            if (who == null) {
                return;
            }
            SecurityContext before = request.getSecurityContext();
            request.setSecurityContext(new SecurityContext() {
                @Override
                public Principal getUserPrincipal() {
                    return () -> who;
                }

                @Override
                public boolean isUserInRole(String role) {
                    return false;
                }

                @Override
                public boolean isSecure() {
                    return before.isSecure();
                }

                @Override
                public String getAuthenticationScheme() {
                    return "header";
                }
            });
        }
    }
}
