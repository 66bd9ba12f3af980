package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what a cached resource answers with what its twin answers, which is the same code without the cache.
 *
 * <p>A resource is named by its path below {@code api/cached}; its twin is below {@code api/direct}.
 */
final class Twins {

    /** What the cache says itself, what differs from second to second, and what belongs to the connection. */
    private static final Set<String> IGNORED =
            Set.of("age", "cache-status", "date", "connection", "keep-alive", "transfer-encoding", "content-length");

    private final Site site;

    /** The twin's answers: it gives the same each time. */
    private final Map<List<String>, Answer> known = new ConcurrentHashMap<>();

    Twins(Site site) {
        this.site = site;
    }

    /** A resource and what is to happen around its method: what a request says in {@code X-Do}. */
    record Case(String resource, String doing) {

        static Stream<Case> each(List<String> resources, List<String> doings) {
            return resources.stream()
                    .flatMap(resource -> doings.stream().map(doing -> new Case(resource, fitting(resource, doing))))
                    .filter(Case::isComparable);
        }

        /** Another type for which the entity has a writer: the bytes of a hit would not need one. */
        static String fitting(String resource, String doing) {
            return resource.matches(".*/(book|books|optional|async-later|.*-of-books?)")
                    ? doing.replace(":type", ":type-json")
                    : doing;
        }

        /**
         * Whether the twin is a measure.
         *
         * <p>Not where it fails: a number has no writer for another type. Nor is it one for a string by which a writer
         * interceptor replaces an entity without telling its type: where the method does not tell one, since it returns
         * a response or nothing, or tells that of bytes, the string of a hit may go out as it is, and is no JSON.
         */
        private boolean isComparable() {
            return !(resource.endsWith("/number") && doing.contains(":type"))
                    && !(resource.matches(".*/(bytes|response-of-book|async-later)") && doing.matches("w\\d+:entity"));
        }

        /** Whether what goes out may be other bytes than the entity's, under the tag of ours. */
        boolean wraps() {
            return doing.matches("w.*:(gzip|prefix|suffix|type|type-json|.*field|cookie|no-store|read-type)");
        }

        /**
         * An interceptor's null is no other one than that of a hit, with which it cannot hide anything: a documented
         * limit, but where the method returns a response.
         */
        boolean hidesByNothing() {
            return doing.matches("i\\d+:null") && !resource.endsWith("/response");
        }

        /**
         * TomEE ends the context of a request before its sub-resource answers on another thread: where no container made
         * that, its answer may not be stored.
         */
        boolean mayBeMissed() {
            return HitLikeMissKinds.SERVER.equals("tomee") && resource.matches("sub/made/(stage|async)(?!-at-once).*");
        }

        @Override
        public String toString() {
            return resource + " " + doing;
        }
    }

    /**
     * What is decided around a miss is decided for this caller: the next one gets what the method answered. On a hit it
     * is decided as on a miss, and what was stored stays.
     */
    void aHitIsLikeAMiss(Case given) throws IOException, InterruptedException {
        String path = Site.fresh("api/cached/" + given.resource());
        Answer plain = twin(given.resource(), "");

        steered(given + " on a miss", given, path);

        like(given + " plain after the miss", plain, site.get(path), true);
        like(given + " plain hit", plain, hit(given, path), true);
        if (!given.doing().isEmpty() && !given.hidesByNothing()) {
            steered(given + " on a hit", given, path);
            like(given + " plain after the hit", plain, hit(given, path), true);
        }
    }

    /** One of many on one path. */
    void aCaller(Case given, String path, String number) throws IOException, InterruptedException {
        steered(given + " as caller " + number, given, path);
    }

    private Answer hit(Case given, String path) throws IOException, InterruptedException {
        Answer answer = site.get(path);
        assertThat(answer.fromCache() || given.mayBeMissed())
                .as("%s is a hit: %s", given, answer)
                .isTrue();
        return answer;
    }

    private void steered(String when, Case given, String path) throws IOException, InterruptedException {
        Answer expected = twin(given.resource(), given.doing());
        Answer answer = site.get(path, steering(given.doing()));
        like(when, expected, answer, given.wraps() || sameBody(given, expected));
    }

    private boolean sameBody(Case given, Answer expected) throws IOException, InterruptedException {
        return Arrays.equals(expected.body(), twin(given.resource(), "").body());
    }

    /** The answer of the twin. */
    Answer twin(String resource, String doing) throws IOException, InterruptedException {
        return twin("GET", resource, doing);
    }

    Answer twin(String method, String resource, String doing) throws IOException, InterruptedException {
        List<String> asked = List.of(method, resource, doing);
        Answer answer = known.get(asked);
        if (answer == null) {
            answer = site.send(method, Site.fresh("api/direct/" + resource), steering(doing));
            known.put(asked, answer);
        }
        return answer;
    }

    static String[] steering(String doing, String... more) {
        return Stream.concat(doing.isEmpty() ? Stream.of() : Stream.of("X-Do", doing), Arrays.stream(more))
                .toArray(String[]::new);
    }

    /**
     * Fails unless an answer is the twin's.
     *
     * @param when the case, for the message
     * @param ourTag whether it may have an {@code ETag} of ours, which the twin does not have: never on an entity that
     *     somebody replaced
     */
    static void like(String when, Answer expected, Answer answer, boolean ourTag) {
        assertThat(seen(answer, ourTag && expected.header("ETag") == null))
                .as("%s: %s", when, answer)
                .isEqualTo(seen(expected, false));
    }

    /** The same where the cache names in {@code Vary} what it keyed on, beside what the twin names. */
    static void likeWithMoreVary(String when, Answer expected, Answer answer) {
        assertThat(answer.elements("Vary")).as("%s: %s", when, answer).containsAll(expected.elements("Vary"));
        assertThat(seen(answer, true).replaceFirst("\nvary: .*", ""))
                .as("%s: %s", when, answer)
                .isEqualTo(seen(expected, true).replaceFirst("\nvary: .*", ""));
    }

    /** TomEE joins the lines of a field that the servlet API set: they are the same list. */
    private static String combined(List<String> lines) {
        String text = lines.toString();
        return HitLikeMissKinds.SERVER.equals("tomee") ? text.replaceAll(", *", ", ") : text;
    }

    /** Status, fields and body, of which a difference can be read. */
    private static String seen(Answer answer, boolean withoutOurTag) {
        if (answer.status() == 500) {
            return "500, and the server's page, which tells the stack";
        }
        Map<String, String> fields = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!IGNORED.contains(lower)) {
                fields.put(lower, combined(values));
            }
        });
        if (fields.containsKey("vary")) {
            fields.put(
                    "vary", answer.elements("Vary").stream().sorted().distinct().collect(Collectors.joining(", ")));
        }
        if (withoutOurTag) {
            fields.computeIfPresent("etag", (name, value) -> value.startsWith("[W/\"") ? null : value);
        }
        StringBuilder text = new StringBuilder().append(answer.status()).append('\n');
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append('\n').append(new String(answer.body(), ISO_8859_1));
        return text.toString().replace("/cached/", "/direct/").replaceAll("[?&]fresh=-?\\d+", "");
    }
}
