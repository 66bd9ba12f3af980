package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.policy.GivenProperties;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is registered at the start of an application, by its configuration. */
class ConsoleInitializerTest {

    private static final GivenProperties ON =
            GivenProperties.of("cache.console", "true", "cache.console.role", "operator");

    private final List<String> names = new ArrayList<>();
    private final List<String> mappings = new ArrayList<>();
    private ServletSecurityElement security;
    private Set<String> takenMappings = Set.of();
    private boolean nameTaken;

    @Test
    void the_servlet_and_its_constraint_if_the_console_is_on() throws Exception {
        start(ON);

        assertThat(names).containsExactly("dev.larder.console");
        assertThat(mappings).containsExactly("/larder/*");
        assertThat(security.getRolesAllowed()).containsExactly("operator");
        assertThat(security.getEmptyRoleSemantic()).isEqualTo(EmptyRoleSemantic.PERMIT); // of no effect beside a role
        assertThat(security.getHttpMethodConstraints()).isEmpty(); // so it is for every method
    }

    @Test
    void nothing_unless_it_is_on() throws Exception {
        start(GivenProperties.of());
        start(GivenProperties.of("cache.console.role", "operator"));
        start(GivenProperties.of("cache.console", "false", "cache.console.role", "operator"));

        assertThat(names).isEmpty();
    }

    @Test
    void a_mapping_that_the_application_has_itself_fails_its_start() {
        takenMappings = Set.of("/larder/*");

        assertThatThrownBy(() -> start(ON))
                .isInstanceOf(ServletException.class)
                .hasMessage("cache.console is true, but another servlet of the application is mapped to /larder/*."
                        + " Map it to another path, or set cache.console=false");
    }

    @Test
    void a_servlet_of_the_same_name_does_likewise() {
        nameTaken = true;

        assertThatThrownBy(() -> start(ON)).isInstanceOf(ServletException.class);
    }

    private void start(GivenProperties properties) throws ServletException {
        try (Deployments.Deployment running = Deployments.configured(properties)) {
            assertThat(running.container().isRunning()).isTrue();
            new ConsoleInitializer().onStartup(null, context());
        }
    }

    private ServletContext context() {
        return fake(ServletContext.class, (name, arguments) -> switch (name) {
            case "addServlet" -> {
                names.add((String) arguments[0]);
                yield nameTaken ? null : fake(ServletRegistration.Dynamic.class, this::register);
            }
            case "getClassLoader" -> ConsoleInitializerTest.class.getClassLoader();
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private Object register(String name, Object... arguments) {
        return switch (name) {
            case "addMapping" -> {
                mappings.addAll(List.of((String[]) arguments[0]));
                yield takenMappings;
            }
            case "setServletSecurity" -> {
                security = (ServletSecurityElement) arguments[0];
                yield Set.of();
            }
            case "setAsyncSupported" -> null;
            default -> throw new UnsupportedOperationException(name);
        };
    }

    private interface Handler {
        Object handle(String method, Object... arguments);
    }

    private static <T> T fake(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                ConsoleInitializerTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> handler.handle(method.getName(), arguments)));
    }
}
