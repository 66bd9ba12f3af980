package dev.larder.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;

/**
 * Whether the callers of an application can sign in. Undertow (WildFly) responds with 500 on a constrained path if they
 * cannot; other servers with 401 or 403. Reads Undertow by reflection, since an application does not see its classes.
 */
final class SignIn {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private SignIn() {}

    /** False only on Undertow, if the application has neither a login-config nor a mechanism of Jakarta Security. */
    static boolean isPossible(ServletContext context) {
        if (!context.getClass().getName().startsWith("io.undertow.")) {
            return true;
        }
        try {
            Method getDeployment = context.getClass().getMethod("getDeployment");
            Method getInfo = getDeployment.getReturnType().getMethod("getDeploymentInfo");
            Object info = getInfo.invoke(getDeployment.invoke(context));
            return getInfo.getReturnType().getMethod("getLoginConfig").invoke(info) != null || hasMechanism(context);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "The login-config of this version of Undertow cannot be read", e);
            return true;
        }
    }

    private static boolean hasMechanism(ServletContext context) {
        try {
            Class<?> mechanism = Class.forName(
                    "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism",
                    false,
                    context.getClassLoader());
            return !CDI.current()
                    .getBeanManager()
                    .getBeans(mechanism, Any.Literal.INSTANCE)
                    .isEmpty();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
