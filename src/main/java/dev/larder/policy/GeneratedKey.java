package dev.larder.policy;

import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import dev.larder.CacheValueException;
import dev.larder.key.StoreKey;
import dev.larder.key.UnpairedSurrogate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that the generator of a method creates. If the generator throws, or the key has an unpaired surrogate, that
 * is logged once, and there is no key. Thread-safe.
 */
public final class GeneratedKey {

    private static final System.Logger LOG = System.getLogger("dev.larder.policy");

    private final CachePolicy policy;
    private final Supplier<CacheKeyGenerator> generator;
    private final AtomicBoolean reported = new AtomicBoolean();

    /**
     * Creates the keys of a method.
     *
     * @param generator the bean or instance, created when it is first needed
     */
    public GeneratedKey(CachePolicy policy, Supplier<CacheKeyGenerator> generator) {
        this.policy = policy;
        this.generator = generator;
    }

    /** The key of a call; null if the call bypasses the cache. */
    public @Nullable String of(CacheKeyContext context) {
        try {
            String key = generator.get().generate(context, policy.effectivePrefix());
            if (key == null || key.isEmpty()) {
                return null;
            }
            String problem = UnpairedSurrogate.in(key);
            if (problem != null) {
                throw new CacheValueException("The key '" + StoreKey.shown(key) + "' has " + problem);
            }
            return key;
        } catch (Throwable e) { // not even an Error of the generator may fail the request
            if (reported.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The key generator " + policy.keyGenerator().getName() + " of " + policy.signature()
                                + " failed or returned an invalid key: such calls run uncached (reported once)",
                        e);
            }
            return null;
        }
    }
}
