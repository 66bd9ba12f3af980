package dev.larder.bench.app;

import dev.larder.Cache;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.atomic.AtomicInteger;

/** A method of 200 ms, whose answer tells which run it is of. */
@Path("slow")
public class SlowBooks {

    /** How long the method takes. */
    public static final int MILLIS = 200;

    private static final AtomicInteger RUNS = new AtomicInteger();

    @GET
    @Cache(ttl = 3600)
    @Produces(MediaType.APPLICATION_JSON)
    public String count() throws InterruptedException {
        Thread.sleep(MILLIS);
        return "[" + RUNS.incrementAndGet() + "]";
    }
}
