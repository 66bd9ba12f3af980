package dev.larder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana. */
class DashboardTest {

    private static final Path FILE = Path.of("docs/grafana-dashboard.json");

    @Test
    void reads_each_metric_by_the_name_that_prometheus_has_and_no_other() throws Exception {
        assertThat(Pattern.compile("\\b(?:cache|larder)_[a-z_]+[a-z]")
                        .matcher(Files.readString(FILE))
                        .results()
                        .map(MatchResult::group)
                        .map(name -> name.replaceFirst("_total$|_seconds_(count|sum)$", ""))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Metric.values())
                        .map(metric -> metric.title().replace('.', '_'))
                        .toList());
    }

    @Test
    @SuppressWarnings("try") // Jsonb says that close may throw anything
    void is_json_with_panels() throws Exception {
        try (Jsonb jsonb = JsonbBuilder.create()) {
            Map<?, ?> dashboard = jsonb.fromJson(Files.readString(FILE), Map.class);
            assertThat(dashboard.get("panels"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isNotEmpty();
        }
    }
}
