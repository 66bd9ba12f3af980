package dev.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.Fields;
import dev.larder.http.StoredResponse;
import dev.larder.key.Generations;
import dev.larder.key.StoreKey;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseCodecTest {

    private static final StoreKey KEY = new StoreKey("books:1:/books", null);
    private static final StoreKey HASHED = new StoreKey("books:1:#hash", "/books?a=ä");

    private final ResponseCodec codec = new ResponseCodec();

    @Test
    void a_response_comes_back_with_its_lines_in_order() {
        Fields fields = Fields.of(
                "Content-Type",
                "text/plain;charset=UTF-8",
                "Vary",
                "Accept",
                "Link",
                "<a>",
                "vary",
                "",
                "X-Käse",
                "ignored",
                "X",
                "ä");
        byte[] body = "käse".getBytes(UTF_8);
        StoredResponse response = new StoredResponse(203, fields, body, 1_700_000_000_123L, 17, Long.MAX_VALUE);

        for (StoreKey key : List.of(KEY, HASHED)) {
            StoredResponse read = roundTrip(key, response);
            assertThat(read).usingRecursiveComparison().isEqualTo(response);
        }
    }

    @Test
    void a_response_may_have_neither_lines_nor_body() {
        StoredResponse response = new StoredResponse(204, Fields.EMPTY, new byte[0], 0, 0, 0);

        assertThat(roundTrip(KEY, response)).usingRecursiveComparison().isEqualTo(response);
    }

    @Test
    void a_response_stored_before_1970_comes_back() {
        assertThat(roundTrip(KEY, new StoredResponse(200, Fields.EMPTY, new byte[0], -1, 0, 0))
                        .storedAtMillis())
                .isEqualTo(-1);
    }

    @Test
    void a_response_is_its_body_and_little_more() {
        StoredResponse response =
                new StoredResponse(200, Fields.of("ETag", "\"1\""), new byte[10_000], 1_700_000_000_000L, 0, 60_000);

        assertThat(codec.encode(KEY, Generations.NONE, response)).hasSizeLessThan(10_000 + "ETag\"1\"".length() + 64);
    }

    @Test
    void a_value_is_no_response_and_a_response_is_no_value() {
        ValueCodec values = new ValueCodec(JsonbBuilder::create);
        byte[] response =
                codec.encode(KEY, Generations.NONE, new StoredResponse(204, Fields.EMPTY, new byte[0], 0, 0, 0));

        assertThat(codec.decode(KEY, values.encode(KEY, "text"))).isInstanceOf(Decoded.Unreadable.class);
        assertThat(codec.decode(KEY, values.encode(KEY, 5))).isInstanceOf(Decoded.Unreadable.class);
        assertThat(values.decode(KEY, response, Object.class)).isInstanceOf(Decoded.Unreadable.class);
    }

    @Test
    void the_response_of_another_key_with_the_same_hash_is_absent() {
        byte[] bytes =
                codec.encode(HASHED, Generations.NONE, new StoredResponse(204, Fields.EMPTY, new byte[0], 0, 0, 0));

        assertThat(codec.decode(new StoreKey("books:1:#hash", "/others"), bytes))
                .isEqualTo(new Decoded.OtherKey<>());
    }

    private StoredResponse roundTrip(StoreKey key, StoredResponse response) {
        Decoded<StoredResponse> decoded = codec.decode(key, codec.encode(key, Generations.NONE, response));
        assertThat(decoded).as("%s", decoded).isInstanceOf(Decoded.Value.class);
        return ((Decoded.Value<StoredResponse>) decoded).value();
    }
}
