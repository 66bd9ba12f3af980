package dev.larder.cdi;

import jakarta.json.bind.Jsonb;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server's JSON-B, made when it is first needed. */
final class LazyJsonb implements Supplier<Jsonb>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");

    private volatile @Nullable Jsonb jsonb;

    @Override
    public Jsonb get() {
        Jsonb made = jsonb;
        return made == null ? make() : made;
    }

    private synchronized Jsonb make() {
        Jsonb made = jsonb;
        if (made == null) {
            made = JsonbOfServer.create();
            jsonb = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        Jsonb made = jsonb;
        if (made != null) {
            try {
                made.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "JSON-B did not close", e);
            }
        }
    }
}
