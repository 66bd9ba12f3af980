package dev.larder.scenario;

import static dev.larder.scenario.ServerUser.ANN;
import static dev.larder.scenario.ServerUser.BEN;
import static dev.larder.scenario.ServerUser.EVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of an application whose resources claim every path. */
@ExtendWith(ArquillianExtension.class)
class ConsoleIT {

    /** Of nobody: TomEE locks a user out after a few wrong passwords. */
    private static final String FORGED = "Authorization: Basic em9lOmd1ZXNzZWQ=";

    @ArquillianResource
    @OperateOnDeployment("on")
    private URI on;

    @ArquillianResource
    @OperateOnDeployment("off")
    private URI off;

    @ArquillianResource
    @OperateOnDeployment("without-login")
    private URI withoutLogin;

    @ArquillianResource
    @OperateOnDeployment("mechanism")
    private URI mechanism;

    @Deployment(name = "on", testable = false)
    static WebArchive on() {
        return application("console", ConsoleApp.WEB_XML, ConsoleApp.CONFIGURATION);
    }

    @Deployment(name = "off", testable = false)
    static WebArchive off() {
        return application("console-off", ConsoleApp.WEB_XML, "cache.console.role=reader\n");
    }

    @Deployment(name = "without-login", testable = false)
    static WebArchive withoutLogin() {
        return application("console-without-login", ConsoleApp.WEB_XML_WITHOUT_LOGIN, ConsoleApp.CONFIGURATION);
    }

    @Deployment(name = "mechanism", testable = false)
    static WebArchive mechanism() {
        return application("console-mechanism", ConsoleApp.WEB_XML_WITHOUT_LOGIN, ConsoleApp.CONFIGURATION)
                .addClass(ConsoleMechanism.class);
    }

    private static WebArchive application(String name, String webXml, String configuration) {
        return Wars.war(name, ConsoleApp.class)
                .setWebXML(new StringAsset(webXml))
                .addAsResource(new StringAsset(configuration), "META-INF/microprofile-config.properties");
    }

    // --- who gets in ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "larder/",
                "larder",
                "larder/console.js",
                "larder/data.json",
                "larder/invalidate?tag=books",
                "larder/clear?backend=default",
                "larder/nothing",
                "/larder/",
                "//larder//data.json",
                "larder//",
                "larder;x/data.json",
                "larder/;x",
                "larder/data.json;jsessionid=1",
                "larder/%2e/data.json",
                "larder/%2e%2e/larder/data.json",
                "x/../larder/data.json",
                "./larder/data.json",
                "%6carder/data.json",
                "larder/data%2ejson"
            })
    void nobody_gets_more_than_401_or_403_in_whatever_form_of_path_and_method(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "FOO")) {
            assertRefused(send(on, method, path), 401);
            assertRefused(send(on, method, path, FORGED), 401);
        }
        // some servers know the method themselves
        assertRefused(send(on, "TRACE", path), 401, 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-User: ann",
                "X-Remote-User: ann",
                "X-Original-URL: /console/books/1",
                "X-Rewrite-URL: /console/books/1",
                "X-HTTP-Method-Override: GET",
                "Cookie: JSESSIONID=1; JSESSIONIDSSO=1",
                "Authorization: Basic",
                "Authorization: Basic Og==",
                "Authorization: Basic em9lOg==",
                "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.",
                "Larder-Token: ",
                "Origin: null",
                "Sec-Fetch-Site: same-origin"
            })
    void nobody_gets_more_than_401_or_403_by_whatever_field(String field) throws Exception {
        for (String method : List.of("GET", "POST")) {
            assertRefused(send(on, method, "larder/data.json", field), 401, 403);
            assertRefused(send(on, method, "larder/clear?backend=default", field), 401, 403);
        }
    }

    @Test
    void who_has_another_role_gets_403() throws Exception {
        for (String path : List.of("larder/", "larder", "larder/data.json", "larder/console.css", "larder/nothing")) {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "OPTIONS")) {
                assertRefused(send(on, method, path, authorization(EVE)), 403);
            }
        }
    }

    @Test
    void where_nobody_can_sign_in_nobody_gets_in() throws Exception {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            assertRefused(send(withoutLogin, method, "larder/data.json"), 401, 403);
            assertRefused(send(withoutLogin, method, "larder/data.json", FORGED), 401, 403);
            assertRefused(send(withoutLogin, method, "larder/data.json", authorization(EVE)), 401, 403);
        }
    }

    @Test
    void callers_sign_in_as_the_application_says() throws Exception {
        for (String path : List.of("larder/", "larder/data.json")) {
            assertRefused(send(mechanism, "GET", path), 401);
            assertRefused(send(mechanism, "GET", path, authorization(ANN)), 401);
            assertRefused(send(mechanism, "GET", path, "Badge: eve"), 403);
            assertThat(send(mechanism, "GET", path, "Badge: ann").status()).isEqualTo(200);
        }
    }

    @Test
    void nothing_is_registered_unless_it_is_on() throws Exception {
        for (String path : List.of("larder/", "larder/data.json", "larder/console.js")) {
            assertThat(send(off, "GET", path, authorization(ANN)).text()).contains("a resource");
        }
    }

    // --- what is served ---

    @Test
    void who_has_the_role_gets_the_page_and_its_files() throws Exception {
        Answer page = send(on, "GET", "larder/", authorization(ANN));

        assertThat(page.status()).as("%s", page).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(page.text()).contains("<title>Larder</title>");
        for (String file : List.of("console.css", "console.js", "icon.svg")) {
            assertThat(page.text()).contains(file);
            assertThat(send(on, "GET", "larder/" + file, authorization(ANN)).status())
                    .as(file)
                    .isEqualTo(200);
        }
        assertThat(send(on, "GET", "larder/nothing", authorization(ANN)).status())
                .isEqualTo(404);
    }

    @Test
    void the_path_without_a_slash_leads_to_the_page() throws Exception {
        Answer answer = send(on, "GET", "larder", authorization(ANN));

        assertThat(answer.status()).as("%s", answer).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/console/larder/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "larder/",
                "larder/console.js",
                "larder/console.css",
                "larder/data.json",
                "larder/nothing",
                "larder"
            })
    void every_response_forbids_to_keep_embed_or_extend_it(String path) throws Exception {
        Answer answer = send(on, "GET", path, authorization(ANN));

        assertThat(answer.all("Cache-Control")).as("%s", answer).containsExactly("no-store");
        assertThat(answer.all("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.all("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(answer.fromCache()).isFalse();
        assertThat(answer.all("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; ")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "*", "http:", "data:");
    }

    @Test
    void a_method_that_is_none_of_the_console_gets_405() throws Exception {
        Answer answer = send(on, "DELETE", "larder/data.json", authorization(ANN));

        assertThat(answer.status()).as("%s", answer).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void the_response_to_head_has_no_body() throws Exception {
        String text = new Wire(on).text("HEAD", "larder/", List.of(authorization(ANN)));

        assertThat(text).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @Test
    void the_data_shows_what_was_counted() throws Exception {
        Visitor ann = new Visitor(ANN);
        JsonObject before = ann.data();
        for (int i = 0; i < 10; i++) {
            book("counted");
        }
        JsonObject after = ann.data();

        assertThat(increase("hit", method(before), method(after))).isEqualTo(9);
        assertThat(increase("miss", method(before), method(after))).isEqualTo(1);
        assertThat(increase("loads", method(before), method(after))).isEqualTo(1);
        assertThat(method(after).getString("backend")).isEqualTo("default");
        assertThat(method(after).getJsonNumber("savedMillis").doubleValue()).isPositive();
        assertThat(increase("hits", backend(before), backend(after))).isEqualTo(9);
        assertThat(increase("misses", backend(before), backend(after))).isEqualTo(1);
        assertThat(increase("puts", backend(before), backend(after))).isEqualTo(1);
        assertThat(backend(after).getString("type")).isEqualTo("local");
        assertThat(backend(after).getString("breaker")).isEqualTo("closed");
        assertThat(backend(after).getInt("entries")).isPositive();
        assertThat(after.getString("application")).isEqualTo("console");
        assertThat(after.getJsonNumber("time").doubleValue())
                .isGreaterThan(before.getJsonNumber("time").doubleValue());
    }

    @Test
    void the_data_shows_neither_a_key_nor_a_body() throws Exception {
        book("hidden");
        book("hidden");

        Answer data = send(on, "GET", "larder/data.json", authorization(ANN));

        assertThat(data.text()).contains("ConsoleApp$Shelf/book").doesNotContain("hidden", "secret", "books/");
    }

    // --- changes ---

    @Test
    void the_role_the_token_and_the_origin_let_a_tag_be_invalidated() throws Exception {
        Visitor ann = new Visitor(ANN);
        Answer first = book("1");
        assertThat(book("1").text()).isEqualTo(first.text());

        Answer done = ann.change("invalidate", "tag=books");

        assertThat(done.status()).as("%s", done).isEqualTo(200);
        assertThat(done.text()).contains("{\"done\":true}");
        assertThat(book("1").text()).isNotEqualTo(first.text());
    }

    @Test
    void they_let_a_backend_be_cleared() throws Exception {
        Visitor ann = new Visitor(ANN);
        Answer first = book("2");
        assertThat(book("2").text()).isEqualTo(first.text());

        Answer other = ann.change("invalidate", "tag=" + URLEncoder.encode("böoks & more", UTF_8));
        assertThat(other.text()).as("%s", other).contains("{\"done\":true}");
        assertThat(book("2").text()).isEqualTo(first.text());

        Answer done = ann.change("clear", "backend=default");
        assertThat(done.text()).as("%s", done).contains("{\"done\":true}");
        assertThat(book("2").text()).isNotEqualTo(first.text());
    }

    @Test
    void without_any_one_of_them_nothing_changes() throws Exception {
        Visitor ann = new Visitor(ANN);
        Visitor ben = new Visitor(BEN);
        Answer first = book("3");
        String token = "Larder-Token: " + ann.token;
        String origin = "Origin: " + ann.origin();

        for (String path : List.of("larder/invalidate?tag=books", "larder/clear?backend=default")) {
            Stream<List<String>> refused = Stream.of(
                    List.of(),
                    List.of(origin),
                    List.of(token),
                    List.of(origin, "Larder-Token: "),
                    List.of(origin, "Larder-Token: x" + ann.token),
                    List.of(origin, "Larder-Token: " + ben.token),
                    List.of(token, "Origin: null"),
                    List.of(token, "Origin: http://shop.example"),
                    List.of(token, "Origin: " + ann.origin() + ".shop.example"),
                    List.of(token, "Origin: http://" + on.getHost() + ":1"),
                    List.of(token, "Sec-Fetch-Site: cross-site"),
                    List.of(token, "Sec-Fetch-Site: same-site"),
                    List.of(token, "Sec-Fetch-Site: none"),
                    List.of(token, origin, "Sec-Fetch-Site: cross-site"),
                    List.of(token, "Origin: http://shop.example", "Sec-Fetch-Site: same-origin"));
            for (List<String> fields : refused.toList()) {
                Answer answer = ann.send("POST", path, fields.toArray(String[]::new));
                assertThat(answer.status()).as("%s: %s", fields, answer).isEqualTo(403);
            }
            // in the session of somebody else, or in none
            assertThat(ben.send("POST", path, origin, token).status()).isEqualTo(403);
            assertThat(send(on, "POST", path, authorization(ANN), origin, token).status())
                    .isEqualTo(403);
            // without the role, or nobody
            assertRefused(send(on, "POST", path, authorization(EVE), origin, token), 403);
            assertRefused(send(on, "POST", path, origin, token), 401, 403);
            // not by POST
            for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")) {
                assertThat(ann.send(method, path, origin, token).status()).isIn(404, 405);
            }
        }
        assertThat(book("3").text()).isEqualTo(first.text());
    }

    @Test
    void a_change_of_what_is_not_there_says_so() throws Exception {
        Visitor ann = new Visitor(ANN);

        assertThat(ann.change("clear", "backend=nothing").status()).isEqualTo(404);
        assertThat(ann.change("clear", "tag=books").status()).isEqualTo(400);
        assertThat(ann.change("invalidate", "backend=default").status()).isEqualTo(400);
        assertThat(ann.change("data.json", "tag=books").status()).isEqualTo(404);
    }

    // --- helpers ---

    private Answer book(String id) throws Exception {
        Answer answer = new Site(on).get("books/" + id);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer;
    }

    private static Answer send(URI to, String method, String path, String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        if (!method.equals("GET") && !method.equals("HEAD")) {
            all.add("Content-Length: 0");
        }
        return Wire.answer(new Wire(to).text(method, path, all));
    }

    private static void assertRefused(Answer answer, Integer... statuses) {
        assertThat(answer.status()).as("%s", answer).isIn((Object[]) statuses);
        assertThat(answer.text()).doesNotContain("token", "secret", "books", "ConsoleApp", "<script", "a resource");
        assertThat(answer.header("Age")).isNull();
    }

    private static JsonObject method(JsonObject data) {
        return named("dev.larder.scenario.ConsoleApp$Shelf/book", data.getJsonArray("methods"));
    }

    private static JsonObject backend(JsonObject data) {
        return named("default", data.getJsonArray("backends"));
    }

    private static JsonObject named(String name, JsonArray all) {
        return all.getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int increase(String of, JsonObject before, JsonObject after) {
        return after.getInt(of) - before.getInt(of);
    }

    private static String authorization(ServerUser user) {
        return "Authorization: " + user.authorization();
    }

    private static JsonObject json(Answer answer) {
        String text = answer.text();
        // some servers send it in chunks
        return Json.createReader(new StringReader(text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1)))
                .readObject();
    }

    /** A caller with a session, and with the token of its page. */
    private final class Visitor {

        private final ServerUser user;
        private String cookie = "Accept: */*";
        private final String token;

        Visitor(ServerUser user) throws IOException {
            this.user = user;
            this.token = data().getString("token");
        }

        JsonObject data() throws IOException {
            Answer answer = send("GET", "larder/data.json");
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            return json(answer);
        }

        String origin() {
            return "http://" + on.getAuthority();
        }

        Answer change(String path, String parameters) throws IOException {
            return send("POST", "larder/" + path + "?" + parameters, "Origin: " + origin(), "Larder-Token: " + token);
        }

        Answer send(String method, String path, String... lines) throws IOException {
            List<String> all = new ArrayList<>(List.of(authorization(user), cookie));
            all.addAll(List.of(lines));
            Answer answer = ConsoleIT.send(on, method, path, all.toArray(String[]::new));
            // a server may rename the session of a caller who signs in
            answer.all("Set-Cookie").forEach(set -> cookie = "Cookie: " + set.replaceFirst(";.*", ""));
            return answer;
        }
    }
}
