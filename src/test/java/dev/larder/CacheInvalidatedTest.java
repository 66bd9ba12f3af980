package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheInvalidatedTest {

    private static final URI BOOK = URI.create("https://shop.example/books/7");

    @Test
    void an_event_does_not_follow_the_sets_it_was_made_of() {
        Set<String> tags = new HashSet<>(Set.of("books"));
        Set<URI> uris = new HashSet<>(Set.of(BOOK));

        CacheInvalidated event = new CacheInvalidated(tags, uris);
        tags.add("authors");
        uris.clear();

        assertThat(event.tags()).containsExactly("books");
        assertThat(event.uris()).containsExactly(BOOK);
    }

    @Test
    void an_observer_cannot_change_it() {
        CacheInvalidated event = new CacheInvalidated(Set.of("books"), Set.of(BOOK));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> event.tags().add("x"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> event.uris().clear());
    }

    @Test
    void a_null_tag_or_set_is_a_null_pointer_exception() {
        assertThatNullPointerException().isThrownBy(() -> new CacheInvalidated(Collections.singleton(null), Set.of()));
        assertThatNullPointerException().isThrownBy(() -> new CacheInvalidated(null, Set.of()));
        assertThatNullPointerException().isThrownBy(() -> new CacheInvalidated(Set.of(), null));
    }

    @Test
    void the_empty_tag_is_legal() {
        assertThat(new CacheInvalidated(Set.of(""), Set.of()).tags()).containsExactly("");
    }
}
