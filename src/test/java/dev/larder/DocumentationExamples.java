package dev.larder;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the Java examples of pages. Those of one page share a package. {@code java} is a compilation unit (with imports
 * added unless it has its own), {@code java members} stands in a class, {@code java statements} in a method of one.
 */
public final class DocumentationExamples {

    private static final String IMPORTS = """
            import dev.larder.*;
            import dev.larder.spi.*;
            import jakarta.enterprise.context.*;
            import jakarta.enterprise.inject.Produces;
            import jakarta.enterprise.inject.spi.InterceptionFactory;
            import jakarta.enterprise.util.TypeLiteral;
            import jakarta.enterprise.event.ObservesAsync;
            import jakarta.inject.*;
            import jakarta.ws.rs.ApplicationPath;
            import jakarta.ws.rs.GET;
            import jakarta.ws.rs.HeaderParam;
            import jakarta.ws.rs.NotAuthorizedException;
            import jakarta.ws.rs.PUT;
            import jakarta.ws.rs.Path;
            import jakarta.ws.rs.PathParam;
            import jakarta.ws.rs.QueryParam;
            import jakarta.ws.rs.container.*;
            import jakarta.ws.rs.core.Application;
            import jakarta.ws.rs.core.Context;
            import jakarta.ws.rs.core.Response;
            import jakarta.ws.rs.core.SecurityContext;
            import jakarta.ws.rs.ext.Provider;
            import java.math.BigDecimal;
            import java.nio.charset.StandardCharsets;
            import java.time.*;
            import java.time.temporal.ChronoUnit;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;
            import doc.shop.*;
            """;

    /** What the examples are about. */
    private static final String[] SHOP = {"public record Book(int id, String title) {}", """
        @jakarta.enterprise.context.ApplicationScoped
        public class Books {
            public java.util.List<Book> by(String author) { return java.util.List.of(); }
            public java.util.List<Book> mostSold(int count) { return java.util.List.of(); }
            public Book byId(int id) { return new Book(id, ""); }
        }
        """, """
        @jakarta.ws.rs.Path("books")
        public class BookResource {}
        """};

    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    private final List<JavaFileObject> sources = new ArrayList<>();

    /** Those of no page yet. */
    public DocumentationExamples() {
        for (String type : SHOP) {
            add("doc.shop", type, "package doc.shop;" + type, "the shop");
        }
    }

    /** Adds those blocks of a page that are resource classes or methods, and those that they need. */
    public void addResources(Path page, String... needed) {
        for (DocumentationPage.Block block : DocumentationPage.read(page).blocks()) {
            boolean resource = block.info().startsWith("java") && block.code().contains("@GET\n");
            if (resource
                    || (block.info().equals("java") && Arrays.stream(needed).anyMatch(block.code()::contains))) {
                add(block);
            }
        }
    }

    /** How many resource methods answer GET in the pages under a folder, by page. */
    public static Map<Path, Long> resources(String folder) {
        Map<Path, Long> resources = new TreeMap<>();
        for (DocumentationPage page : DocumentationPage.under(folder)) {
            long methods = page.blocks().stream()
                    .filter(block -> block.info().startsWith("java"))
                    .flatMap(block -> block.code().lines())
                    .filter(line -> line.trim().equals("@GET"))
                    .count();
            if (methods > 0) {
                resources.put(page.file(), methods);
            }
        }
        return resources;
    }

    /** The lines of those fragments of a page that are resource methods. */
    public static List<Integer> fragments(Path page) {
        return DocumentationPage.read(page).blocks().stream()
                .filter(block ->
                        block.info().equals("java members") && block.code().contains("@GET\n"))
                .map(DocumentationPage.Block::line)
                .toList();
    }

    void add(DocumentationPage.Block block) {
        String folder = packageOf(block);
        String code = block.code();
        switch (block.info()) {
            case "java" -> {
                Matcher named = PACKAGE.matcher(code);
                if (named.find()) {
                    add(named.group(1), code, code, block.toString());
                } else {
                    // the import that Jakarta REST and CDI both have a name for
                    String rest = code.contains("@Produces(") ? "jakarta.ws.rs" : "jakarta.enterprise.inject";
                    String imports = IMPORTS.replace("jakarta.enterprise.inject.Produces", rest + ".Produces");
                    add(folder, code, "package " + folder + ";" + imports + code, block.toString());
                }
            }
            case "java members" -> wrap(folder, block, code);
            case "java statements" -> wrap(folder, block, "void run() {" + code + "}");
            default ->
                throw new AssertionError(block + " is marked '" + block.info() + "': java, java members or java"
                        + " statements is expected");
        }
    }

    private void wrap(String folder, DocumentationPage.Block block, String members) {
        // a resource method is to be deployed and called, too
        String resource = members.contains("@GET\n")
                ? "@jakarta.ws.rs.Path(\"line" + block.line()
                        + "\") @RequestScoped @jakarta.ws.rs.Produces(\"application/json\") "
                : "";
        String type = resource + "public class Line" + block.line() + " {";
        String fields = " @Inject ICacheService cache; @Inject Books books;";
        add(folder, type, "package " + folder + ";" + IMPORTS + type + fields + members + "}", block.toString());
    }

    static String packageOf(DocumentationPage.Block block) {
        return "doc." + block.file().toString().replaceAll("\\W", "").toLowerCase(Locale.ROOT);
    }

    private void add(String folder, String named, String source, String origin) {
        Matcher type = TYPE.matcher(named);
        if (!type.find()) {
            throw new AssertionError(origin + " declares no type: mark it java members or java statements");
        }
        URI uri = URI.create("string:///" + folder.replace('.', '/') + "/" + type.group(1) + ".java");
        sources.add(new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        });
    }

    /** Compiles all of them at once. */
    public String errors(Path target) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        List<String> options =
                List.of("-d", target.toString(), "-proc:none", "-implicit:none", "-nowarn", "-cp", classPath());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(output, files, null, options, null, sources)
                    .call();
            return compiled ? "" : output.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an application compiles against, and the contract test: the compiler looks into every jar for every name. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> path.matches(
                        ".*(classes|/jakarta\\.[^/]*\\.jar|/jspecify[^/]*\\.jar|/junit-jupiter-api[^/]*\\.jar)"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
