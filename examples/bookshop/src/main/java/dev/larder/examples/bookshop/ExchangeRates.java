package dev.larder.examples.bookshop;

import dev.larder.ICacheService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a euro is worth: a value that the code caches itself, one for each currency. */
@ApplicationScoped
public class ExchangeRates {

    private static final Map<String, String> PUBLISHED =
            Map.of("USD", "1.0842", "GBP", "0.8467", "CHF", "0.9391", "JPY", "168.35", "SEK", "11.2140");

    @Inject
    ICacheService cache;

    /**
     * Concurrent callers of one currency fetch its rate once. For an unknown currency the loader returns null, which is not
     * stored, so that a new currency is seen at once.
     */
    public Optional<BigDecimal> fromEuro(String currency) {
        return Optional.ofNullable(
                cache.getOrSet("rate:" + currency, BigDecimal.class, Duration.ofHours(1), () -> fetch(currency)));
    }

    private static BigDecimal fetch(String currency) {
        waitForTheBank();
        String rate = PUBLISHED.get(currency);
        return rate == null ? null : new BigDecimal(rate);
    }

    /** Simulates a call over the network. */
    private static void waitForTheBank() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
