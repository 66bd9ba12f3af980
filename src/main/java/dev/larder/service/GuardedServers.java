package dev.larder.service;

import dev.larder.spi.Servers;
import dev.larder.statistics.CacheEvents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The failure policy for each server of one backend: a breaker and its probe. Contains only servers that have failed.
 */
final class GuardedServers implements Servers {

    private final FailureLog log;
    private final Probes probes;
    private final CacheEvents events;
    private final Map<String, Server> failed = new ConcurrentHashMap<>();

    GuardedServers(FailureLog log, Probes probes, CacheEvents events) {
        this.log = log;
        this.probes = probes;
        this.events = events;
    }

    private final AtomicLong failures = new AtomicLong();

    /** A server that has failed, and whether its failure was logged and its recovery was not. */
    private final class Server {

        private final String name;
        private final Runnable probe;
        private final CircuitBreaker breaker;
        private volatile boolean reported;

        Server(String name, Runnable probe) {
            this.name = name;
            this.probe = probe;
            this.breaker = new CircuitBreaker(probes, this::probe, events);
        }

        void responded() {
            if (breaker.succeeded() && reported) {
                reported = false;
                log.logRecovery(name);
            }
        }

        private void probe() {
            try {
                probe.run();
                responded();
            } catch (RuntimeException | LinkageError e) {
                events.failed();
                breaker.failed();
                report(Operation.PROBE, "its other servers are still called", e);
            }
        }
    }

    @Override
    public boolean isLost(String server) {
        Server failing = failed.get(server);
        return failing != null && !failing.breaker.isClosed();
    }

    /** The servers that are lost, sorted. */
    List<String> lost() {
        return failed.values().stream()
                .filter(server -> !server.breaker.isClosed())
                .map(server -> server.name)
                .sorted()
                .toList();
    }

    /** How often a server failed or was not called. If this grows during a read of several entries, the result may lack some. */
    long failures() {
        return failures.get();
    }

    @Override
    public void admit(String server) {
        if (isLost(server)) {
            failures.incrementAndGet();
            throw new LostServerException(server);
        }
    }

    @Override
    public void answered(String server) {
        Server failing = failed.get(server);
        if (failing != null) {
            failing.responded();
        }
    }

    @Override
    public void failed(String server, Runnable probe) {
        failing(server, probe).breaker.failed();
    }

    @Override
    public void lost(String server, Runnable probe) {
        failing(server, probe).breaker.open();
    }

    private Server failing(String server, Runnable probe) {
        failures.incrementAndGet();
        return failed.computeIfAbsent(server, name -> new Server(name, probe));
    }

    @Override
    public void forget(String server) {
        Server failing = failed.remove(server);
        if (failing != null) {
            failing.breaker.succeeded();
        }
    }

    /**
     * Logs a failure. The recovery of the servers that currently fail is then logged, too.
     *
     * @return whether it was logged
     */
    boolean report(Operation operation, String effect, Throwable failure) {
        return log.logFailure(operation, effect, failure, this::markFailing);
    }

    private List<String> markFailing() {
        List<Server> failing = failed.values().stream()
                .filter(server -> server.breaker.isFailing())
                .toList();
        failing.forEach(server -> server.reported = true);
        return failing.stream().map(server -> server.name).sorted().toList();
    }
}
