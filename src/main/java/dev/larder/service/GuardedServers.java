package dev.larder.service;

import dev.larder.spi.Servers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The failure policy for each server of one backend: a breaker and its probe. Holds those that have failed. */
final class GuardedServers implements Servers {

    private final FailureLog log;
    private final Probes probes;
    private final Map<String, Server> failed = new ConcurrentHashMap<>();

    GuardedServers(FailureLog log, Probes probes) {
        this.log = log;
        this.probes = probes;
    }

    /** A server that has failed, and whether that was told of and its end was not. */
    private final class Server {

        private final String name;
        private final Runnable probe;
        private final CircuitBreaker breaker;
        private volatile boolean told;

        Server(String name, Runnable probe) {
            this.name = name;
            this.probe = probe;
            this.breaker = new CircuitBreaker(probes, this::probe);
        }

        void answered() {
            if (breaker.succeeded() && told) {
                told = false;
                log.worksAgain(name);
            }
        }

        private void probe() {
            try {
                probe.run();
                answered();
            } catch (RuntimeException | LinkageError e) {
                breaker.failed();
                tell("answer a probe", "its other servers are asked", e);
            }
        }
    }

    @Override
    public boolean isLost(String server) {
        Server known = failed.get(server);
        return known != null && !known.breaker.isClosed();
    }

    @Override
    public void admit(String server) {
        if (isLost(server)) {
            throw new LostServerException(server);
        }
    }

    @Override
    public void answered(String server) {
        Server known = failed.get(server);
        if (known != null) {
            known.answered();
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
        return failed.computeIfAbsent(server, name -> new Server(name, probe));
    }

    @Override
    public void forget(String server) {
        Server known = failed.remove(server);
        if (known != null) {
            known.breaker.succeeded();
        }
    }

    /**
     * Tells of a failure, and later of the end of those that last.
     *
     * @return whether it was told of
     */
    boolean tell(String operation, String effect, Throwable failure) {
        return log.failed(operation, effect, failure, this::tellOfFailing);
    }

    private List<String> tellOfFailing() {
        List<Server> failing = failed.values().stream()
                .filter(server -> server.breaker.isFailing())
                .toList();
        failing.forEach(server -> server.told = true);
        return failing.stream().map(server -> server.name).sorted().toList();
    }
}
