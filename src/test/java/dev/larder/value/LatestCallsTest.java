package dev.larder.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.group.TagGroups;
import dev.larder.key.StoreKey;
import dev.larder.value.LatestCalls.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestCallsTest {

    private final LatestCalls latest = new LatestCalls();
    private final Call call = new Call(new StoreKey("k", null), TagGroups.NONE);

    @Test
    void a_call_with_equal_plain_arguments_finds_its_key_and_tags() {
        latest.keep(new Object[] {"a", 1L, null}, call);

        assertThat(latest.find(new Object[] {"a", 1L, null})).isSameAs(call);
    }

    @Test
    void another_value_another_type_and_another_order_find_nothing() {
        latest.keep(new Object[] {"a", 1L}, call);

        assertThat(latest.find(new Object[] {"b", 1L})).isNull();
        assertThat(latest.find(new Object[] {"a", 1})).isNull();
        assertThat(latest.find(new Object[] {1L, "a"})).isNull();
        assertThat(latest.find(new Object[] {"a"})).isNull();
    }

    @Test
    void the_text_null_is_not_null() {
        latest.keep(new Object[] {"null"}, call);

        assertThat(latest.find(new Object[] {null})).isNull();
    }

    @Test
    void what_can_change_is_not_kept() {
        List<String> argument = new ArrayList<>(List.of("a"));
        latest.keep(new Object[] {argument}, call);

        assertThat(latest.find(new Object[] {argument})).isNull();
    }

    @Test
    void a_caller_that_changes_its_array_changes_no_call() {
        Object[] arguments = {"a"};
        latest.keep(arguments, call);
        arguments[0] = "b";

        assertThat(latest.find(new Object[] {"a"})).isSameAs(call);
        assertThat(latest.find(arguments)).isNull();
    }

    @Test
    void what_is_long_is_not_kept_though_its_hash_is_short() {
        String argument = "a".repeat(1_000_000);
        latest.keep(new Object[] {argument}, new Call(new StoreKey("#hash", argument), TagGroups.NONE));

        assertThat(latest.find(new Object[] {argument})).isNull();
    }

    @Test
    void one_with_the_same_slot_takes_its_place() {
        // "Aa" and "BB" have the same hash
        latest.keep(new Object[] {"Aa"}, call);
        assertThat(latest.find(new Object[] {"BB"})).isNull();

        Call other = new Call(new StoreKey("other", null), TagGroups.NONE);
        latest.keep(new Object[] {"BB"}, other);

        assertThat(latest.find(new Object[] {"BB"})).isSameAs(other);
        assertThat(latest.find(new Object[] {"Aa"})).isNull();
    }
}
