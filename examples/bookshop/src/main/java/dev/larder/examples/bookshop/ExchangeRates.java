package dev.larder.examples.bookshop;

import dev.larder.Cache;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What a euro is worth: a plain bean, no resource. {@code @Cache} keeps its return value, one per argument. */
@ApplicationScoped
public class ExchangeRates {

    private static final Map<String, String> PUBLISHED =
            Map.of("USD", "1.0842", "GBP", "0.8467", "CHF", "0.9391", "JPY", "168.35", "SEK", "11.2140");

    /** An empty result is not cached, so that a new currency is seen at once. */
    @Cache(ttl = 1, ttlUnit = ChronoUnit.HOURS)
    public Optional<BigDecimal> fromEuro(String currency) {
        waitForTheBank();
        return Optional.ofNullable(PUBLISHED.get(currency)).map(BigDecimal::new);
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
