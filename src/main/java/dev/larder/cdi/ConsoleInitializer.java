package dev.larder.cdi;

import dev.larder.config.ConsoleRole;
import dev.larder.config.ServerProperties;
import dev.larder.console.ConsoleServlet;
import dev.larder.policy.Problems;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the console where the configuration of the application has it on, and {@link WebModuleEnd}. It reads the configuration itself, since
 * nothing says whether a server calls it before or after the extension, which reports the problems.
 */
public final class ConsoleInitializer implements ServletContainerInitializer {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");
    private static final String NAME = "dev.larder.console";
    private static final String PATH = "/larder/*";

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) throws ServletException {
        if (WebModuleEnd.isUnannounced(context)) {
            context.addListener(new WebModuleEnd());
        }
        String role = ServerProperties.current()
                .map(properties -> ConsoleRole.read(properties, new Problems()))
                .orElse(null);
        if (role == null) {
            return;
        }
        ServletRegistration.Dynamic console = context.addServlet(
                NAME,
                new ConsoleServlet(role, () -> RunningDeployments.ofContainer().console()));
        if (console == null || !console.addMapping(PATH).isEmpty()) {
            throw new ServletException("cache.console is true, but another servlet of the application is mapped to "
                    + PATH + ". Map it to another path, or set cache.console=false");
        }
        console.setAsyncSupported(true); // a filter of the application may start it
        if (SignIn.isPossible(context)) {
            // an application's own constraint for the path takes precedence, and the servlet checks the role again
            console.setServletSecurity(
                    new ServletSecurityElement(new HttpConstraintElement(TransportGuarantee.NONE, role)));
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Nobody can sign in to the console, unless a filter of the application does it: the application has"
                            + " neither a login-config in web.xml nor an authentication mechanism of Jakarta Security");
        }
    }
}
