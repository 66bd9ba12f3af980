package dev.larder.policy;

import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheValueException;
import dev.larder.key.KeyLayout;
import dev.larder.key.UnpairedSurrogate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that a method's generator makes. A generator that throws, or whose key has an unpaired surrogate, is logged once
 * and makes no key. Thread-safe.
 */
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
            if (key == null || key.isEmpty()) {
                return null;
            }
            String problem = UnpairedSurrogate.in(key);
            if (problem != null) {
                throw new CacheValueException("The key '" + KeyLayout.shown(key) + "' has " + problem);
            }
            return key;
        } catch (Throwable e) { // whatever the application throws here, its request is worth more than a key
            if (reported.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The key generator " + method.keyGenerator().getName() + " of " + method.signature()
                                + " made no valid key: such calls run uncached (reported once)",
                        e);
            }
            return null;
        }
    }
}
