package dev.larder.jmx;

import dev.larder.ICacheService;
import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.Statistics;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The backends and cached methods of a deployment in JMX, from {@link #register} until {@link #close}: each is an MXBean
 * {@code dev.larder:type=Backend,application=shop,name=default} or
 * {@code dev.larder:type=Method,application=shop,name="com.acme.Books/list"}. Thread-safe. A failure of JMX is logged, and
 * has no other effect.
 */
public final class ManagementBeans implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.larder.jmx");
    private static final int MAX_SAME_NAMES = 1000;

    private final MBeanServer server;
    private final Statistics statistics;
    private final ICacheService service;
    private final List<ObjectName> registered = new ArrayList<>();
    private boolean closed;

    /** Registers nothing yet. */
    public ManagementBeans(MBeanServer server, Statistics statistics, ICacheService service) {
        this.server = server;
        this.statistics = statistics;
        this.service = service;
    }

    /**
     * Registers all backends and methods, and from now on each method that is added.
     *
     * @param application the name of the application. If another deployment has registered it, {@code #2} is appended, or
     *     the next number that is free
     */
    public void register(String application) {
        try {
            List<BackendStatistics> backends = statistics.backends();
            String free = claim(application, backends.get(0).name());
            for (BackendStatistics backend : backends.subList(1, backends.size())) {
                add(backendName(free, backend.name()), backend(backend.name()));
            }
            statistics.observeMethods(method -> addMethod(free, method));
        } catch (JMException | RuntimeException e) {
            logFailure(application, e);
        }
    }

    /** Registers the first backend, and so claims the name of the application. */
    private String claim(String application, String backend) throws JMException {
        for (int number = 1; ; number++) {
            String name = number == 1 ? application : application + "#" + number;
            try {
                add(backendName(name, backend), backend(backend));
                return name;
            } catch (InstanceAlreadyExistsException e) {
                if (number == MAX_SAME_NAMES) {
                    throw e;
                }
            }
        }
    }

    private StandardMBean backend(String name) {
        return new StandardMBean(new ManagedBackend(name, statistics, service), BackendMXBean.class, true);
    }

    private void addMethod(String application, String method) {
        try {
            ObjectName name = new ObjectName("dev.larder:type=Method,application=" + quotedIfNeeded(application)
                    + ",name=" + ObjectName.quote(method));
            ManagedMethod bean = new ManagedMethod(statistics.method(method), statistics, service);
            add(name, new StandardMBean(bean, MethodMXBean.class, true));
        } catch (JMException | RuntimeException e) {
            logFailure(method, e);
        }
    }

    private synchronized void add(ObjectName name, StandardMBean bean) throws JMException {
        if (!closed) {
            registered.add(server.registerMBean(bean, name).getObjectName());
        }
    }

    private static ObjectName backendName(String application, String backend) throws JMException {
        return new ObjectName("dev.larder:type=Backend,application=" + quotedIfNeeded(application) + ",name="
                + quotedIfNeeded(backend));
    }

    /** The value of a key property: quoted if it has a character that a plain value must not have. */
    static String quotedIfNeeded(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> ",=:\"*?\n".indexOf(c) >= 0);
        return plain ? value : ObjectName.quote(value);
    }

    private static void logFailure(String what, Exception failure) {
        LOG.log(System.Logger.Level.WARNING, "JMX does not show " + what, failure);
    }

    /** Unregisters all of them. */
    @Override
    public synchronized void close() {
        closed = true;
        for (ObjectName name : registered) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                LOG.log(System.Logger.Level.DEBUG, "Somebody else has unregistered it", e);
            } catch (JMException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "JMX keeps " + name, e);
            }
        }
        registered.clear();
    }
}
