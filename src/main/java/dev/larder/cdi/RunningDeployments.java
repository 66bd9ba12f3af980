package dev.larder.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deployments that share this jar's classes: one where the jar is in a web application, several where it is in an
 * enterprise application's or a server's library. Asking the container for the extension of each is dear, and needed only
 * where there are several.
 */
final class RunningDeployments {

    private static final List<LarderExtension> RUNNING = new ArrayList<>();

    private static volatile @Nullable LarderExtension only;

    private RunningDeployments() {}

    static synchronized void add(LarderExtension extension) {
        RUNNING.add(extension);
        only = RUNNING.size() == 1 ? extension : null;
    }

    static synchronized void remove(LarderExtension extension) {
        RUNNING.remove(extension);
        only = RUNNING.size() == 1 ? RUNNING.get(0) : null;
    }

    /** Larder in the deployment of this container. */
    static Larder of(BeanManager beans) {
        LarderExtension sole = only;
        return (sole == null ? beans.getExtension(LarderExtension.class) : sole).larder();
    }
}
