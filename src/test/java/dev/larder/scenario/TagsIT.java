package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored with a tag is gone when the tag is invalidated. */
@ExtendWith(ArquillianExtension.class)
class TagsIT {

    private static final String BOOKS = "cache.\"dev.larder.scenario.TagsApp$Books";

    @ArquillianResource
    private URI base;

    private final String id = UUID.randomUUID().toString();

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("tags", TagsApp.class, Arrivals.class, Gate.class)
                .addAsLibraries(Wars.jarsOf(Awaitility.class, Matcher.class))
                .addAsResource(
                        new StringAsset(BOOKS + "/shown\".cache-groups=true\n" + BOOKS
                                + "/overridden\".tags=configured,other\n"),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @Test
    void any_of_the_tags_of_the_annotation_ends_a_response() throws Exception {
        for (String tag : new String[] {"constant", "both"}) {
            String path = Site.fresh("api/books/constant");
            runsOnce(path);
            invalidate("unrelated");
            site.hit(path);
            invalidate(tag);
            runsOnce(path);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api/books/path/ID,path:ID",
        "api/books/path/a%20ID,path:a ID",
        "api/books/query?author=ID,query:ID",
        "api/books/query?author=ID&author=2,query:ID",
        "api/books/query?nobody=ID,query:",
        "api/books/number/77,number:77",
        "api/books/dotted/78,dotted:a78",
        "api/books/generated/ID,generated:ID",
        "api/books/sub/s/ID,shelf:s:ID",
        "api/early/ID,book:ID",
        "api/early/ID,books",
    })
    void a_placeholder_stands_for_a_value_of_the_call(String path, String tag) throws Exception {
        String own = path.replace("ID", id);
        invalidate(tag.replace("ID", id)); // numbers are not fresh
        runsOnce(own);
        invalidate(tag.replace("ID", id) + "b");
        site.hit(own);
        invalidate(tag.replace("ID", id));
        runsOnce(own);
    }

    @Test
    void every_variant_has_the_tags() throws Exception {
        String path = Site.fresh("api/books/varied");
        runsOnce(path, "X-Tenant", "1");
        runsOnce(path, "X-Tenant", "2");
        invalidate("varied");
        runsOnce(path, "X-Tenant", "1");
        runsOnce(path, "X-Tenant", "2");
    }

    @Test
    void a_variant_has_the_groups_of_its_own_response() throws Exception {
        String path = Site.fresh("api/books/varied");
        runsOnce(path, "X-Tenant", "1");
        runsOnce(path, "X-Tenant", "2");
        invalidate("tenant:2");
        site.hit(path, "X-Tenant", "1");
        runsOnce(path, "X-Tenant", "2");
    }

    @Test
    void callers_that_wait_when_the_tag_is_invalidated_run_the_method() throws Exception {
        String path = "api/books/slow/" + id;
        CompletableFuture<Answer> one = later(path);
        CompletableFuture<Answer> other = later(path);
        assertThat(site.get("api/gates/" + id).text()).isEqualTo("reached"); // one runs, the other waits for it
        invalidate("slow:" + id);
        site.send("PUT", "api/gates/" + id);
        assertThat(one.get().text()).isNotEqualTo(other.get().text());
        assertThat(one.get().fromCache()).isFalse();
        assertThat(other.get().fromCache()).isFalse();
    }

    @Test
    void the_value_of_a_bean_method_has_tags() throws Exception {
        String path = "api/books/value/" + id;
        assertThat(site.get(path).text()).isEqualTo("run 1");
        assertThat(site.get(path).text()).isEqualTo("run 1");
        invalidate("value:" + id);
        assertThat(site.get(path).text()).isEqualTo("run 2");
        invalidate("values");
        assertThat(site.get(path).text()).isEqualTo("run 3");
        assertThat(site.get(path).text()).isEqualTo("run 3");
    }

    @Test
    void configuration_replaces_the_tags() throws Exception {
        String path = Site.fresh("api/books/overridden");
        runsOnce(path);
        invalidate("annotated");
        site.hit(path);
        invalidate("configured");
        runsOnce(path);
        invalidate("other");
        runsOnce(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "\"b\", \"a\"", "\"a\";x=1", "\"a\", \"a\"", "  \"a\"  ", "\"a\",\t\"c\""})
    void the_groups_of_a_response_are_tags(String groups) throws Exception {
        String path = grouped(groups);
        runsOnce(path);
        invalidate("z");
        site.hit(path);
        invalidate("a");
        runsOnce(path);
        invalidate("grouped");
        runsOnce(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"a", "\"a\",", "\"a\" \"b\"", "\"a\", 1", "'a'", "(\"a\")"})
    void malformed_groups_are_ignored(String groups) throws Exception {
        String path = grouped(groups);
        runsOnce(path);
        invalidate("a");
        site.hit(path);
    }

    @Test
    void a_response_with_more_tags_than_an_entry_may_have_is_not_stored() throws Exception {
        runsOnce(grouped(strings(63)));
        String path = grouped(strings(64)); // and that of the annotation
        site.run(path);
        site.run(path);
    }

    @Test
    void a_response_is_not_stored_if_its_group_was_invalidated_while_the_method_ran() throws Exception {
        String path = grouped("\"" + id + "\"") + "&gate=" + id;
        CompletableFuture<Answer> running = later(path);
        assertThat(site.get("api/gates/" + id).text()).isEqualTo("reached");
        invalidate(id);
        site.send("PUT", "api/gates/" + id);
        running.get();
        site.run(path);
        site.hit(path);
    }

    @Test
    void clients_see_no_groups_unless_configuration_says_so() throws Exception {
        String hidden = grouped("\"a\"");
        assertThat(site.run(hidden).header("Cache-Groups")).isNull();
        Answer hit = site.hit(hidden);
        assertThat(hit.header("Cache-Groups")).isNull();
        Answer known = site.get(hidden, "If-None-Match", hit.header("ETag"));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.header("Cache-Groups")).isNull();
        assertThat(site.get("api/books/failing").header("Cache-Groups")).isNull();

        String shown = Site.fresh("api/books/shown");
        assertThat(site.run(shown).header("Cache-Groups")).isEqualTo("\"shown\"");
        assertThat(site.hit(shown).header("Cache-Groups")).isEqualTo("\"shown\"");
        invalidate("shown");
        runsOnce(shown);
    }

    @ParameterizedTest
    @CsvSource({"200,true", "303,true", "400,false", "500,false"})
    void only_the_success_of_an_unsafe_method_invalidates_groups(int status, boolean invalidates) throws Exception {
        String path = "api/books/path/" + id + status;
        runsOnce(path);
        put("\"path:" + id + status + "\"", status);
        assertThat(site.get(path).fromCache()).isEqualTo(!invalidates);
    }

    private void invalidate(String tag) throws Exception {
        put("\"" + tag + "\"", 204);
    }

    private void put(String groups, int status) throws Exception {
        Answer answer = site.send("PUT", "api/invalidate?status=" + status + "&groups=" + Site.encoded(groups));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Cache-Group-Invalidation")).isNull();
        assertThat(answer.header("Cache-Groups")).isNull();
    }

    private static String grouped(String groups) {
        return Site.fresh("api/books/grouped?groups=" + Site.encoded(groups));
    }

    private static String strings(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"g" + i + "\"").collect(Collectors.joining(", "));
    }

    private CompletableFuture<Answer> later(String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return site.get(path);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void runsOnce(String path, String... headers) throws Exception {
        Answer run = site.run(path, headers);
        assertThat(run.status()).as("%s", run).isEqualTo(200);
        assertThat(site.hit(path, headers).text()).isEqualTo(run.text());
    }
}
