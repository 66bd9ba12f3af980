package dev.larder.examples.bookshop;

import dev.larder.CacheKeyContext;
import dev.larder.CacheKeyGenerator;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The key of one cached book: {@code book:7}. A CDI bean like any other, which could inject what it needs.
 *
 * <p>It contains the parsed number, not the text of the URI: {@code /books/7}, {@code /books/007} and {@code /books/7?from=mail}
 * are one entry, and one {@code delete} removes it.
 */
@ApplicationScoped
public class BookKey implements CacheKeyGenerator {

    /** The key by which {@code ICacheService} finds the cached response. */
    static String of(int id) {
        return "book:" + id;
    }

    @Override
    public String generate(CacheKeyContext context, String keyPrefix) {
        return of((int) context.parameters()[0]);
    }
}
