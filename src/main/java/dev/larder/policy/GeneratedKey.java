package dev.larder.policy;

import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key that a method's generator makes. A generator that throws is logged once and makes no key. Thread-safe. */
public final class GeneratedKey {

    private static final System.Logger LOG = System.getLogger("dev.larder.policy");

    private final CachePolicy method;
    private final Supplier<CacheKeyGenerator> generator;
    private final AtomicBoolean reported = new AtomicBoolean();

    /**
     * Makes it.
     *
     * @param generator the bean or instance to ask, made when it is first needed
     */
    public GeneratedKey(CachePolicy method, Supplier<CacheKeyGenerator> generator) {
        this.method = method;
        this.generator = generator;
    }

    /** The key of a call; null if it has none and bypasses the cache. */
    public @Nullable String of(CacheKeyContext context) {
        try {
            String key = generator.get().generate(context, method.effectivePrefix());
            return key == null || key.isEmpty() ? null : key;
        } catch (Throwable e) { // whatever the application throws here, its request is worth more than a key
            if (reported.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The key generator " + method.keyGenerator().getName() + " of " + method.signature()
                                + " threw: such calls run uncached (reported once)",
                        e);
            }
            return null;
        }
    }
}
