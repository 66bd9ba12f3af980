package dev.larder.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.statistics.BackendStatistics;
import dev.larder.statistics.Counts;
import dev.larder.statistics.StoreState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The readiness check {@code larder}. */
class ReadinessCheckTest {

    @BeforeEach
    void provide() {
        HealthCheckResponse.setResponseProvider(new Provider());
    }

    @AfterEach
    void remove() {
        HealthCheckResponse.setResponseProvider(null);
    }

    @Test
    void is_up_whatever_the_breakers_are_and_shows_each() {
        HealthCheckResponse response = check(
                backend("default", new StoreState(-1, -1, -1, true, List.of())),
                backend("ring", new StoreState(-1, -1, -1, false, List.of("one:11211", "two:11211"))),
                backend("memory", new StoreState(1, 2, 3, false, List.of())));

        assertThat(response.getName()).isEqualTo("larder");
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(response.getData())
                .hasValue(Map.of("default", "open", "ring", "open: one:11211, two:11211", "memory", "closed"));
    }

    @Test
    void of_two_modules_with_a_backend_of_one_name_shows_the_one_that_is_not_closed() {
        BackendStatistics closed = backend("default", new StoreState(1, 2, 3, false, List.of()));
        BackendStatistics open = backend("default", new StoreState(1, 2, 3, true, List.of()));

        assertThat(check(closed, open).getData()).hasValue(Map.of("default", "open"));
        assertThat(check(open, closed).getData()).hasValue(Map.of("default", "open"));
    }

    @Test
    void before_the_deployment_is_validated_there_is_no_backend() {
        assertThat(check().getData()).isEmpty();
    }

    private static BackendStatistics backend(String name, StoreState store) {
        return new BackendStatistics(name, "local", new Counts(() -> 0).snapshot(), store);
    }

    private static HealthCheckResponse check(BackendStatistics... backends) {
        ReadinessCheck check = new ReadinessCheck();
        check.setSource(() -> List.of(backends));
        return check.call();
    }

    private static final class Provider implements HealthCheckResponseProvider {
        @Override
        public HealthCheckResponseBuilder createResponseBuilder() {
            return new Builder();
        }
    }

    private static final class Builder extends HealthCheckResponseBuilder {

        private final Map<String, Object> data = new HashMap<>();
        private String name = "";
        private HealthCheckResponse.Status status = HealthCheckResponse.Status.DOWN;

        @Override
        public HealthCheckResponseBuilder name(String given) {
            name = given;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            status = up ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, status, data.isEmpty() ? Optional.empty() : Optional.of(data));
        }
    }
}
