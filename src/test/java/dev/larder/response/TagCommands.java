package dev.larder.response;

import static dev.larder.response.ResponseFixture.exchange;
import static dev.larder.response.ResponseFixture.get;
import static dev.larder.response.ResponseFixture.serve;
import static dev.larder.response.ResponseFixture.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CacheSettings;
import dev.larder.ICacheService;
import dev.larder.spi.CacheBackend;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tags cost a store that serves this test only: its commands, and the entries that it keeps. */
@Timeout(60)
public abstract class TagCommands {

    interface Tagged {
        @Cache(
                ttl = 60,
                tags = {"books", "bestsellers"})
        String list();
    }

    private ResponseFixture given;
    private ResponseCache cache;
    private CachedResource resource;
    private ICacheService service;

    /** A client of the store. */
    protected abstract CacheBackend open();

    /** The commands that the store gets while something runs, each with its name first and its arguments behind. */
    protected abstract List<List<String>> commands(Runnable running);

    /** How many entries the store keeps. */
    protected abstract int entries();

    @BeforeEach
    void start() {
        // time stands still, so the generation of all entries, which is read twice a second, is not due again
        given = ResponseFixture.on(open(), CacheSettings.of("test"), () -> 0);
        cache = new ResponseCache(() -> "shop", InstantSource.system(), any -> false, false);
        resource = given.resource(Tagged.class);
        cache.register(resource.region());
        service = given.backends.service();
        service.set("first", "connects, and draws the generation of all entries");
    }

    @AfterEach
    void stop() {
        given.close();
    }

    @Test
    void a_hit_of_a_response_with_two_tags_of_its_annotation_is_one_command() {
        given.ask(cache, exchange(resource, get("/books", null)));
        settle(cache);

        List<List<String>> commands = commands(() -> assertThat(serve(cache, exchange(resource, get("/books", null))))
                .isTrue());

        assertThat(names(commands)).containsExactly("MGET");
        assertThat(commands.get(0))
                .as("the entry, the generations of the URI and of two tags")
                .hasSize(1 + 4);
    }

    @Test
    void a_value_whose_tags_only_the_entry_names_is_read_by_two_commands() {
        service.tags("books", "bestsellers").set("k", "v");

        assertThat(names(commands(
                        () -> assertThat(service.get("k", String.class)).contains("v"))))
                .containsExactly("GET", "MGET");
    }

    @Test
    void an_invalidation_is_one_write_and_clear_is_one_write_however_many_entries_there_are() {
        setMany(service.tags("books"), 1000);

        assertThat(names(commands(() -> assertThat(service.invalidate("books")).isTrue())))
                .containsExactly("SET");
        assertThat(names(commands(() -> assertThat(service.clear()).isTrue()))).containsExactly("SET");
    }

    @Test
    void ten_thousand_entries_with_one_tag_cost_one_entry_more() {
        int before = entries();
        setMany(service.tags("books"), 10_000);
        assertThat(entries() - before).isEqualTo(10_000 + 1);

        service.invalidate("books");
        assertThat(entries() - before).isEqualTo(10_000 + 1);
        assertThat(service.get("k1", String.class)).isEmpty();
    }

    private static List<String> names(List<List<String>> commands) {
        return commands.stream().map(command -> command.get(0)).toList();
    }

    private static void setMany(ICacheService tagged, int count) {
        Map<String, String> values = IntStream.range(0, count)
                .mapToObj(i -> "k" + i)
                .collect(Collectors.toMap(Function.identity(), key -> "v"));
        assertThat(tagged.setMany(values)).isEmpty();
    }
}
