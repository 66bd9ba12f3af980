package dev.larder.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheSettings;
import dev.larder.spi.CacheBackend;
import dev.larder.spi.CacheBackendContract;
import dev.larder.spi.ReferenceBackend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CopyBackendTest extends CacheBackendContract {

    private final MovableTicker ticker = new MovableTicker();

    @Override
    protected CacheBackend create() {
        CacheSettings settings =
                CacheSettings.local().option("isolation", "copy").option("max-bytes", "1000000");
        return new LocalBackendFactory(ticker).create("default", settings);
    }

    @Override
    protected void advance(Duration time) {
        ticker.advance(time);
    }

    @Override
    protected int tooLarge() {
        return 1_000_001;
    }

    @Test
    void it_takes_bytes_only_so_that_values_are_encoded_as_for_a_remote_store() {
        assertThat(backend()).isNotInstanceOf(ReferenceBackend.class);
        assertThat(backend().waits()).isFalse();
        assertThat(backend().shared()).isFalse();
        assertThat(backend().maxKeyBytes()).isEqualTo(Integer.MAX_VALUE);
        assertThat(backend().asciiKeys()).isFalse();
    }
}
