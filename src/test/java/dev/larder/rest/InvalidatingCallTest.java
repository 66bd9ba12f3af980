package dev.larder.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.policy.DeclaredParameters;
import dev.larder.policy.MethodTags;
import dev.larder.policy.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a call invalidates the tags of its method: once, after all of its conditions. */
class InvalidatingCallTest {

    private final List<Set<String>> invalidated = new ArrayList<>();
    private final InvalidatingCall call = new InvalidatingCall(tags(), invalidated::add);

    void change() {}

    private static MethodTags tags() {
        try {
            return MethodTags.invalidated(
                    InvalidatingCallTest.class,
                    InvalidatingCallTest.class.getDeclaredMethod("change"),
                    new String[] {"tag"},
                    DeclaredParameters.NONE,
                    new Problems());
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_last_condition_invalidates() {
        call.await();
        call.succeed(new Object[0]);
        assertThat(invalidated).isEmpty();

        call.meet();
        assertThat(invalidated).containsExactly(Set.of("tag"));
    }

    @Test
    void a_condition_after_the_last_one_does_not_invalidate_again() {
        call.succeed(new Object[0]);
        call.await();
        call.meet();

        assertThat(invalidated).hasSize(1);
    }

    @Test
    void a_failure_invalidates_nothing() {
        call.await();
        call.fail();
        call.meet();
        call.succeed(new Object[0]);

        assertThat(invalidated).isEmpty();
    }
}
