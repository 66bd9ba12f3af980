package dev.larder.spi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterDigitsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 1L << 53, Long.MAX_VALUE})
    void a_number_is_read_as_it_was_written(long number) {
        assertThat(CounterDigits.number(CounterDigits.of(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "01", "00", "1 ", " 1", "1.0", "x", "9223372036854775808", "10000000000000000000"
            })
    void other_bytes_are_no_counter(String text) {
        assertThat(CounterDigits.number(text.getBytes(ISO_8859_1))).isNegative();
    }

    @Test
    void spaces_at_the_end_are_padding() {
        byte[] padded = "9  ".getBytes(ISO_8859_1);

        assertThat(CounterDigits.withoutPadding(padded)).isEqualTo(CounterDigits.of(9));
        assertThat(padded).hasSize(3);
    }

    @Test
    void bytes_without_padding_are_not_copied() {
        byte[] digits = CounterDigits.of(90);

        assertThat(CounterDigits.withoutPadding(digits)).isSameAs(digits);
    }
}
