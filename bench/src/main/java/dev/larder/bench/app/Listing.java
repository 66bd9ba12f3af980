package dev.larder.bench.app;

import java.util.List;

/** An interface that a decorator might stand before, so that the cache answers in the bean's interceptor. */
public interface Listing {

    /** The list. */
    List<Book> list();
}
