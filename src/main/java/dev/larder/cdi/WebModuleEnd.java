package dev.larder.cdi;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Closes the deployment of a web module of an EAR on TomEE. Its CDI container does not fire {@code BeforeShutdown} there,
 * so that the beans of JMX and the connections of the backends would stay after undeployment.
 */
final class WebModuleEnd implements ServletContextListener {

    /** Whether a server does not announce the end of a web module. */
    static boolean isUnannounced(ServletContext context) {
        ClassLoader module = context.getClassLoader();
        return module.getClass().getName().startsWith("org.apache.tomee.")
                && module != WebModuleEnd.class.getClassLoader(); // this jar is in the library of an EAR
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        RunningDeployments.closeContainer();
    }
}
