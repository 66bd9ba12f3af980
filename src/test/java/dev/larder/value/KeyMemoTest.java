package dev.larder.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.key.StoreKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyMemoTest {

    private final KeyMemo memo = new KeyMemo();
    private final StoreKey key = new StoreKey("k", null);

    @Test
    void a_call_with_equal_plain_arguments_finds_its_key() {
        memo.keep(new Object[] {"a", 1L, null}, key);

        assertThat(memo.find(new Object[] {"a", 1L, null})).isSameAs(key);
    }

    @Test
    void another_value_another_type_and_another_order_find_nothing() {
        memo.keep(new Object[] {"a", 1L}, key);

        assertThat(memo.find(new Object[] {"b", 1L})).isNull();
        assertThat(memo.find(new Object[] {"a", 1})).isNull();
        assertThat(memo.find(new Object[] {1L, "a"})).isNull();
        assertThat(memo.find(new Object[] {"a"})).isNull();
    }

    @Test
    void the_text_null_is_not_null() {
        memo.keep(new Object[] {"null"}, key);

        assertThat(memo.find(new Object[] {null})).isNull();
    }

    @Test
    void what_can_change_is_not_kept() {
        List<String> argument = new ArrayList<>(List.of("a"));
        memo.keep(new Object[] {argument}, key);

        assertThat(memo.find(new Object[] {argument})).isNull();
    }

    @Test
    void a_caller_that_changes_its_array_changes_no_key() {
        Object[] arguments = {"a"};
        memo.keep(arguments, key);
        arguments[0] = "b";

        assertThat(memo.find(new Object[] {"a"})).isSameAs(key);
        assertThat(memo.find(arguments)).isNull();
    }

    @Test
    void what_is_long_is_not_kept_though_its_hash_is_short() {
        String argument = "a".repeat(1_000_000);
        memo.keep(new Object[] {argument}, new StoreKey("#hash", argument));

        assertThat(memo.find(new Object[] {argument})).isNull();
    }

    @Test
    void one_with_the_same_slot_takes_its_place() {
        // "Aa" and "BB" have the same hash
        memo.keep(new Object[] {"Aa"}, key);
        assertThat(memo.find(new Object[] {"BB"})).isNull();

        StoreKey other = new StoreKey("other", null);
        memo.keep(new Object[] {"BB"}, other);

        assertThat(memo.find(new Object[] {"BB"})).isSameAs(other);
        assertThat(memo.find(new Object[] {"Aa"})).isNull();
    }
}
