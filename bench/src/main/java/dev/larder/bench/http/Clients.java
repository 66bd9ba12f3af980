package dev.larder.bench.http;

import dev.larder.bench.CpuTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many clients, each with one kept connection, that send one request after the other. */
final class Clients implements AutoCloseable {

    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads;
    private final CpuTime server;

    Clients(int number, int port, CpuTime server) throws IOException {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(number, task -> {
            Thread thread = new Thread(task, "client");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < number; i++) {
            connections.add(new Connection(port));
        }
    }

    /** All clients send this request for so long. */
    Slice run(byte[] request, Duration time) throws IOException, InterruptedException, ExecutionException {
        double cpu = server.micros();
        long started = System.nanoTime();
        long end = started + time.toNanos();
        List<Future<Long>> counts = new ArrayList<>();
        for (Connection connection : connections) {
            counts.add(threads.submit(() -> repeat(connection, request, end)));
        }
        long requests = 0;
        for (Future<Long> count : counts) {
            requests += count.get();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Slice(requests / seconds, (server.micros() - cpu) / requests);
    }

    private static long repeat(Connection connection, byte[] request, long end) throws IOException {
        long requests = 0;
        do {
            connection.exchange(request);
            requests++;
        } while (System.nanoTime() < end);
        return requests;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
