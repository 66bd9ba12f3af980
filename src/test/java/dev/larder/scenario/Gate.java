package dev.larder.scenario;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a method waits for the test: GET returns when a method waits here, PUT lets it and all later ones go on. */
@Path("gates/{name}")
public class Gate {

    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    private static Gate of(String name) {
        return GATES.computeIfAbsent(name, any -> new Gate());
    }

    static void pass(String name) throws InterruptedException {
        Gate gate = of(name);
        gate.reached.countDown();
        await(gate.open);
    }

    @GET
    public String reached(@PathParam("name") String name) throws InterruptedException {
        await(of(name).reached);
        return "reached";
    }

    @PUT
    public void open(@PathParam("name") String name) {
        of(name).open.countDown();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Nobody came in 20 s");
        }
    }
}
