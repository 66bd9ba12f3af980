package dev.larder.scenario;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** How callers sign in to an application of {@link ConsoleIT} without a {@code login-config}: by a field of their own. */
@ApplicationScoped
class ConsoleMechanism implements HttpAuthenticationMechanism {

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String badge = request.getHeader("Badge");
        if (badge != null) {
            return context.notifyContainerAboutLogin(badge, Set.of(badge.equals("ann") ? "reader" : "guest"));
        }
        return context.isProtected() ? context.responseUnauthorized() : context.doNothing();
    }
}
