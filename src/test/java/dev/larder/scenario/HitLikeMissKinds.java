package dev.larder.scenario;

import dev.larder.scenario.HitLikeMissApp.FilterBeforeLast;
import dev.larder.scenario.HitLikeMissApp.FilterFirst;
import dev.larder.scenario.HitLikeMissApp.FilterLast;
import dev.larder.scenario.HitLikeMissApp.FilterSecond;
import java.util.List;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The resources of {@link HitLikeMissApp}, by their paths. */
final class HitLikeMissKinds {

    static final String SERVER = System.getProperty("larder.server", "");

    /** Below each of them is a method of each kind. */
    static final List<String> RESOURCES =
            List.of("request", "application", "bare", "stateless", "written", "sub/made", "sub/injected");

    private static final List<String> VALUES =
            List.of("string", "bytes", "book", "books", "number", "optional", "charset");

    private static final List<String> RESPONSES =
            List.of("response", "response-of-book", "response-tagged", "stage-of-response");

    private static final List<String> STAGES = List.of("stage", "stage-of-books", "stage-of-response", "stage-at-once");

    private static final List<String> AT_ONCE = List.of("async-at-once", "async-response-at-once");

    /** Resumed on another thread while the call returns: what is thrown or changed after it comes in time or not. */
    private static final List<String> LATER = List.of("async-later", "async-response-later");

    private HitLikeMissKinds() {}

    static WebArchive war(String of) {
        // Payara and TomEE may run a response filter of the highest priority before ours of the same, unless the method
        // returns a Response or is suspended; TomEE runs one of the lowest after our last
        return war(of, HitLikeMissApp.class, HitLikeMissStateless.class, HitLikeMissStatelessTwin.class, Book.class)
                .deleteClass(SERVER.equals("wildfly") ? FilterSecond.class : FilterFirst.class)
                .deleteClass(SERVER.equals("tomee") ? FilterLast.class : FilterBeforeLast.class);
    }

    /** One whose callers wait for nobody long: what lets them wait fails, and does not take the default's ten seconds. */
    static WebArchive war(String of, Class<?>... classes) {
        return Wars.war("hit-like-miss-" + of, classes)
                .addAsResource(new StringAsset("cache.lock-timeout=PT2S"), "META-INF/microprofile-config.properties");
    }

    static List<String> all(String resource) {
        return paths(resource, List.of(VALUES, RESPONSES, STAGES, AT_ONCE, LATER));
    }

    static List<String> notLater(String resource) {
        return paths(resource, List.of(VALUES, RESPONSES, STAGES, AT_ONCE));
    }

    static List<String> values(String resource) {
        return paths(resource, List.of(VALUES));
    }

    static List<String> responses(String resource) {
        return paths(resource, List.of(RESPONSES));
    }

    static List<String> stages(String resource) {
        return paths(resource, List.of(STAGES));
    }

    static List<String> of(String resource, String... kinds) {
        return paths(resource, List.of(List.of(kinds)));
    }

    private static List<String> paths(String resource, List<List<String>> kinds) {
        return kinds.stream()
                .flatMap(List::stream)
                .distinct()
                .map(kind -> resource + "/" + kind)
                .toList();
    }
}
