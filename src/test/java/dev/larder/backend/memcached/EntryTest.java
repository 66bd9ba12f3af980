package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.Ttl;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static final long NOW = 1_800_000_000_500L;
    private static final byte[] TEXT = "text".getBytes(US_ASCII);
    private static final byte[] COUNTER = "42".getBytes(US_ASCII);

    /** A published format: every newer version reads it. */
    @Test
    void a_value_stands_behind_its_deadline() {
        Entry entry = Entry.of(TEXT, new Ttl(Duration.ofSeconds(2)), NOW);

        assertThat(HexFormat.of().formatHex(stored(entry))).isEqualTo("fa" + "000001a3185c59c4" + "74657874");
        assertThat(HexFormat.of().formatHex(stored(Entry.of(TEXT, Ttl.FOREVER, NOW))))
                .isEqualTo("fa" + "7fffffffffffffff" + "74657874");
        Entry read = Entry.read(ByteBuffer.wrap(stored(entry)));
        assertThat(read.value()).isEqualTo(TEXT);
        assertThat(read.isLive(NOW + 1_999)).isTrue();
        assertThat(read.isLive(NOW + 2_000)).isFalse();
    }

    /** A published format: every newer version reads it. */
    @Test
    void a_counter_is_plain_digits_and_ends_by_the_servers_clock() {
        Entry entry = Entry.of(COUNTER, new Ttl(Duration.ofMillis(2_200)), NOW);

        assertThat(stored(entry)).isEqualTo(COUNTER);
        Entry read = Entry.read(ByteBuffer.wrap(COUNTER));
        assertThat(read.number()).isEqualTo(42);
        assertThat(read.framed()).isFalse();
        assertThat(read.deadline()).isEqualTo(Entry.FOREVER);
    }

    @Test
    void a_counter_of_more_than_thirty_days_is_framed() {
        assertThat(stored(Entry.of(COUNTER, new Ttl(Duration.ofDays(30).minusSeconds(2)), NOW)))
                .isEqualTo(COUNTER);
        assertThat(stored(Entry.of(COUNTER, new Ttl(Duration.ofDays(30).minusSeconds(1)), NOW)))
                .hasSize(11);
        assertThat(stored(Entry.of(COUNTER, new Ttl(Duration.ofDays(365 * 40)), NOW)))
                .hasSize(11);
        assertThat(stored(Entry.of(COUNTER, Ttl.FOREVER, NOW))).isEqualTo(COUNTER);
    }

    @Test
    void the_expiry_for_the_server_is_whole_seconds_and_never_too_short() {
        assertThat(expiry(COUNTER, Duration.ofSeconds(2))).isEqualTo(4);
        assertThat(expiry(COUNTER, Duration.ofMillis(1_001))).isEqualTo(4);
        assertThat(expiry(TEXT, Duration.ofSeconds(2))).isEqualTo(5);
        assertThat(expiry(TEXT, Duration.ofMillis(1))).isEqualTo(4);
        assertThat(expiry(TEXT, Duration.ofMillis(1_001))).isEqualTo(5);
    }

    @Test
    void above_thirty_days_the_expiry_for_the_server_is_a_timestamp() {
        assertThat(expiry(TEXT, Duration.ofDays(30).minusSeconds(3))).isEqualTo(2_592_000);
        assertThat(expiry(TEXT, Duration.ofDays(30).minusSeconds(2))).isEqualTo(1_800_000_000 + 2_592_000 - 2 + 60);
        assertThat(expiry(TEXT, Duration.ofDays(40))).isEqualTo(1_800_000_000 + 40 * 86_400 + 60);
        assertThat(expiry(COUNTER, Duration.ofDays(40))).isEqualTo(1_800_000_000 + 40 * 86_400 + 60);
    }

    @Test
    void forever_and_after_2038_the_server_gets_no_expiry() {
        assertThat(expiry(TEXT, Duration.ofSeconds(Long.MAX_VALUE))).isZero();
        assertThat(expiry(COUNTER, Duration.ofSeconds(Long.MAX_VALUE))).isZero();
        assertThat(expiry(TEXT, Duration.ofDays(36_500))).isZero();
    }

    @Test
    void what_memcached_leaves_behind_a_shorter_number_is_cut_off() {
        Entry entry = Entry.read(ByteBuffer.wrap("9  ".getBytes(US_ASCII)));

        assertThat(entry.value()).isEqualTo("9".getBytes(US_ASCII));
        assertThat(entry.number()).isEqualTo(9);
    }

    @Test
    void what_is_not_ours_comes_back_as_it_is() {
        for (String foreign : new String[] {"", "hello ", "\u00fa", "\u00fa1234567", "{}", "-1"}) {
            byte[] bytes = foreign.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            Entry entry = Entry.read(ByteBuffer.wrap(bytes));

            assertThat(entry.value()).isEqualTo(bytes);
            assertThat(entry.isLive(NOW)).isTrue();
            assertThat(entry.number()).isNegative();
        }
    }

    /** What the store holds. */
    static byte[] stored(Entry entry) {
        ByteBuffer stored = ByteBuffer.allocate(entry.size());
        entry.writeTo(stored);
        return stored.array();
    }

    private static int expiry(byte[] value, Duration ttl) {
        return Entry.of(value, new Ttl(ttl), NOW).expirySeconds(NOW);
    }
}
