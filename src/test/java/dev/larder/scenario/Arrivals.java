package dev.larder.scenario;

import static org.awaitility.Awaitility.await;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which thread came for which request. Part of the applications whose methods wait until others wait for them. */
@Provider
public class Arrivals implements ContainerRequestFilter {

    private static final Map<Thread, URI> CAME = new ConcurrentHashMap<>();
    private static final Set<URI> RUN = ConcurrentHashMap.newKeySet();

    @Override
    public void filter(ContainerRequestContext request) {
        CAME.put(Thread.currentThread(), request.getUriInfo().getRequestUri());
    }

    /** The first run for a request goes on when others have come for the same, and wait; returns whether it is the first. */
    static boolean awaitOthers(int others) {
        Thread first = Thread.currentThread();
        URI mine = CAME.get(first);
        if (!RUN.add(mine)) {
            return false;
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> othersWaiting(first, mine) >= others);
        return true;
    }

    private static long othersWaiting(Thread first, URI uri) {
        return CAME.entrySet().stream()
                .filter(came -> came.getKey() != first && came.getValue().equals(uri))
                .filter(came -> came.getKey().getState() == Thread.State.TIMED_WAITING)
                .count();
    }
}
