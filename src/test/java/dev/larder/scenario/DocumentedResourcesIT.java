package dev.larder.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.DocumentationExamples;
import dev.larder.scenario.Site.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each resource in README and {@code docs} deploys, answers, and is answered from the cache the second time. */
@ExtendWith(ArquillianExtension.class)
class DocumentedResourcesIT {

    /** The archives: one for each page, since pages use the same paths. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("documented-readme", "README.md"),
            Map.entry("documented-personal", "docs/how-to/personal-responses.md"),
            Map.entry("documented-several", "docs/how-to/several-backends.md"),
            Map.entry("documented-content", "docs/how-to/content-negotiation.md"),
            Map.entry("documented-tags", "docs/how-to/invalidate.md"),
            Map.entry("documented-key", "docs/how-to/key-generator.md"),
            Map.entry("documented-cdn", "docs/how-to/behind-a-cdn.md"),
            Map.entry("documented-annotation", "docs/reference/annotation.md"),
            Map.entry("documented-steps", "docs/tutorial/first-steps.md"));

    private static final String CALLS = """
            documented-readme     | api/books?author=Abbott | 1
            documented-personal   | api/orders              | 1
            documented-personal   | api/line                | 2
            documented-several    | api/bestsellers         | 1
            documented-content    | api/catalogue           | 1
            documented-content    | api/line                | 2
            documented-tags       | api/books               | 1
            documented-tags       | api/books/7             | 1
            documented-key        | api/books/7             | 1
            documented-cdn        | api/line                | 2
            documented-annotation | api/line                | 1
            documented-steps      | api/quote?of=ACME       | 1
            """;

    @ArquillianResource
    @OperateOnDeployment("documented-readme")
    private URI base;

    @Deployment(testable = false, name = "documented-readme")
    static WebArchive readme() {
        return war("documented-readme");
    }

    @Deployment(testable = false, name = "documented-personal")
    static WebArchive personal() {
        return war("documented-personal", "ContainerResponseFilter").addClass(DocumentedCaller.class);
    }

    @Deployment(testable = false, name = "documented-several")
    static WebArchive several() {
        return war("documented-several", "CacheModule");
    }

    @Deployment(testable = false, name = "documented-content")
    static WebArchive content() {
        return war("documented-content");
    }

    @Deployment(testable = false, name = "documented-key")
    static WebArchive key() {
        return war("documented-key", "implements CacheKeyGenerator");
    }

    @Deployment(testable = false, name = "documented-tags")
    static WebArchive tags() {
        return war("documented-tags");
    }

    @Deployment(testable = false, name = "documented-cdn")
    static WebArchive cdn() {
        return war("documented-cdn");
    }

    @Deployment(testable = false, name = "documented-annotation")
    static WebArchive annotation() {
        return war("documented-annotation");
    }

    @Deployment(testable = false, name = "documented-steps")
    static WebArchive steps() {
        return war("documented-steps", "extends Application");
    }

    private static WebArchive war(String name, String... needed) {
        try {
            Path compiled = Files.createTempDirectory("documented");
            DocumentationExamples examples = new DocumentationExamples();
            examples.addResources(Path.of(PAGES.get(name)), needed);
            assertThat(examples.errors(compiled)).isEmpty();
            WebArchive war = Wars.war(name);
            if (!name.equals("documented-steps")) {
                war.addClass(ScanningApplication.class);
            }
            try (Stream<Path> files = Files.walk(compiled)) {
                for (Path file : files.filter(DocumentedResourcesIT::isOfPage).toList()) {
                    war.addAsWebInfResource(file.toFile(), "classes/" + compiled.relativize(file));
                }
            }
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** But the resource that the reference stands in for by its name. */
    private static boolean isOfPage(Path file) {
        return Files.isRegularFile(file) && !file.endsWith(Path.of("shop", "BookResource.class"));
    }

    @Test
    void every_page_with_a_resource_is_deployed() {
        Map<Path, Long> documented = new TreeMap<>(DocumentationExamples.resources("docs"));
        documented.put(Path.of("README.md"), 1L);
        Map<Path, Long> called = new TreeMap<>();
        CALLS.lines()
                .map(line -> line.split("\\|"))
                .forEach(call ->
                        called.merge(Path.of(PAGES.get(call[0].trim())), Long.valueOf(call[2].trim()), Long::sum));

        assertThat(called).isEqualTo(documented);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CALLS)
    void a_documented_resource_answers_and_is_cached(String archive, String path, int methods) throws Exception {
        Site site = new Site(base).beside(archive);
        for (String one : paths(archive, path, methods)) {
            // a principal, for the scopes that need one; otherwise nobody, whom the cache serves
            String[] fields = archive.equals("documented-personal") && !isPublic(one)
                    ? new String[] {"X-User", "john", "Accept", "application/json"}
                    : new String[] {"Accept", archive.equals("documented-steps") ? "text/plain" : "application/json"};
            Answer first = site.get(one, fields);
            Answer second = site.get(one, fields);

            assertThat(first.status()).as("%s %s", one, first).isEqualTo(200);
            assertThat(second.fromCache()).as("%s %s", one, second).isTrue();
            assertThat(second.body()).isEqualTo(first.body());
        }
    }

    /** The path, or those of the fragments, which are called after their lines. */
    private static List<String> paths(String archive, String path, int methods) {
        if (!path.endsWith("line")) {
            return List.of(path);
        }
        List<String> paths = new ArrayList<>();
        DocumentationExamples.fragments(Path.of(PAGES.get(archive))).forEach(line -> paths.add(path + line));
        assertThat(paths).hasSize(methods);
        return paths;
    }

    /** The second fragment of the page on personal responses is a public one. */
    private static boolean isPublic(String path) {
        return path.endsWith("line"
                + DocumentationExamples.fragments(Path.of(PAGES.get("documented-personal")))
                        .get(1));
    }
}
