package dev.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.metrics.MetricsChoice;
import dev.larder.policy.Problems;
import dev.larder.policy.PropertySource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code cache.metrics} and {@code cache.health}. */
class MonitoringKeysTest {

    private final Problems problems = new Problems();

    private record Given(Map<String, String> values) implements PropertySource {
        @Override
        public Set<String> names() {
            return values.keySet();
        }

        @Override
        public String value(String name) {
            return values.get(name);
        }
    }

    private MetricsChoice metrics(Map<String, String> values) {
        return MonitoringKeys.metrics(new Given(values), MetricsChoice.class, MetricsChoice.AUTO, problems);
    }

    @Test
    void without_configuration_metrics_are_automatic_and_there_is_no_readiness_check() {
        assertThat(metrics(Map.of())).isEqualTo(MetricsChoice.AUTO);
        assertThat(MonitoringKeys.health(new Given(Map.of()), problems)).isFalse();
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void each_choice_has_a_value(MetricsChoice choice) {
        assertThat(metrics(Map.of("cache.metrics", " " + choice.name().toLowerCase(java.util.Locale.ROOT))))
                .isEqualTo(choice);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void true_switches_the_readiness_check_on() {
        assertThat(MonitoringKeys.health(new Given(Map.of("cache.health", "true")), problems))
                .isTrue();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void wrong_values_are_problems_that_list_the_right_ones() {
        assertThat(metrics(Map.of("cache.metrics", "prometheus"))).isEqualTo(MetricsChoice.AUTO);
        assertThat(MonitoringKeys.health(new Given(Map.of("cache.health", "yes")), problems))
                .isFalse();
        assertThat(problems.message().orElse(""))
                .contains("The configuration key cache.metrics is 'prometheus', but must be one of auto, opentelemetry,"
                        + " micrometer, microprofile, none")
                .contains("The configuration key cache.health is 'yes', but must be true or false");
    }
}
