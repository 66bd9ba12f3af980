package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheModule;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.cdi.Deployments.Deployment;
import dev.larder.policy.GivenProperties;
import dev.larder.service.Logs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** What a server's configuration says to several applications, and what a deployment says of itself. */
class ForeignConfigurationTest {

    @ApplicationScoped
    public static class Books {
        @Cache
        public String list() {
            return "list";
        }
    }

    @ApplicationScoped
    public static class Away {
        @Cache(backend = "away")
        public String list() {
            return "list";
        }
    }

    @ApplicationScoped
    public static class Asking {
        @Inject
        Instance<ICacheService> cache;
    }

    @ApplicationScoped
    public static class Module {
        @Produces
        CacheModule caches() {
            return CacheModule.setup(CacheSettings.local()).with("second", CacheSettings.local());
        }
    }

    @Test
    void a_setting_for_a_class_of_another_application_stops_nobody() {
        try (Logs logs = new Logs();
                Deployment deployment = Deployments.configured(
                        GivenProperties.of("CACHE__COM_ACME_OTHER_LIST__TTL", "60")
                                .onServer("cache.\"com.acme.Other\".enabled", "false"),
                        Books.class)) {
            assertThat(deployment.bean(Books.class).list()).isEqualTo("list");
            assertThat(logs.at(Level.INFO))
                    .filteredOn(line -> line.contains("another application"))
                    .singleElement()
                    .asString()
                    .contains("CACHE__COM_ACME_OTHER_LIST__TTL", "cache.\"com.acme.Other\".enabled")
                    .doesNotContain("com.acme.other.list");
        }
    }

    @Test
    void the_application_s_own_setting_of_such_a_class_is_a_mistake() {
        assertThat(Deployments.failure(GivenProperties.of("cache.\"com.acme.Other\".ttl", "1"), Books.class))
                .contains("com.acme.Other", "has no @Cache");
    }

    @Test
    void a_backend_of_another_application_that_cannot_be_made_here_stops_nobody() {
        GivenProperties server = GivenProperties.of("CACHES_AWAY_SERVERS", "redis://u:geheim@h")
                .onServer("caches.beyond.backend", "com.acme.Beyond");
        try (Logs logs = new Logs();
                Deployment deployment = Deployments.configured(server, Books.class)) {
            assertThat(deployment.bean(Books.class).list()).isEqualTo("list");
            assertThat(logs.at(Level.INFO))
                    .filteredOn(line -> line.contains("left out"))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("'away'"))
                    .anyMatch(line -> line.contains("com.acme.Beyond"));
            assertThat(logs.text()).doesNotContain("geheim", "Larder found");
            assertThat(logs.text()).contains("Backends: default (local)");
            assertThat(logs.at(Level.WARNING)).isEmpty();
        }
        assertThat(Deployments.failure(server, Away.class)).contains("The backend 'away' cannot be created");
    }

    @Test
    void a_deployment_says_what_it_caches_and_where() {
        GivenProperties properties = GivenProperties.of(
                "caches.away.backend", "redis", "caches.away.servers", "redis://u:geheim@h:1,redis://i:2");
        try (Logs logs = new Logs()) {
            Deployments.configured(properties, Books.class, Away.class).close();
            assertThat(logs.at(Level.INFO))
                    .filteredOn(line -> line.startsWith("Larder "))
                    .singleElement()
                    .asString()
                    .matches("Larder [0-9.]+(-SNAPSHOT)? caches 2 methods\\. Backends: away \\(redis: \\*\\*\\*@h:1,"
                            + " redis://i:2\\), default \\(local\\)");
        }
    }

    @Test
    void a_backend_that_nobody_can_use_is_warned_of() {
        try (Logs logs = new Logs()) {
            Deployments.of(Books.class, Module.class).close();
            assertThat(logs.at(Level.WARNING)).singleElement().asString().contains("'second'", "injects ICacheService");
        }
        try (Logs logs = new Logs()) {
            Deployments.of(Books.class, Module.class, Asking.class).close();
            assertThat(logs.at(Level.WARNING)).isEmpty();
        }
    }
}
