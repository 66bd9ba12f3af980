package dev.larder.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheBackendException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTest {

    @Test
    void what_still_waits_at_the_end_fails_and_what_was_to_be_stored_is_not() throws Exception {
        Background background = new Background();
        CountDownLatch hang = new CountDownLatch(1);
        for (int i = 0; i < Background.THREADS; i++) {
            background.run(() -> {
                try {
                    return hang.await(50, SECONDS);
                } catch (InterruptedException e) {
                    return false;
                }
            });
        }
        CompletionStage<String> waiting = background.run(() -> "late");
        assertThat(background.store(() -> {})).isTrue();

        background.close();

        assertThatThrownBy(() -> waiting.toCompletableFuture().get(10, SECONDS))
                .hasCauseInstanceOf(CacheBackendException.class);
        assertThatThrownBy(() -> background.run(() -> "later")).isInstanceOf(RejectedExecutionException.class);
        assertThat(background.store(() -> {})).isFalse();
    }
}
