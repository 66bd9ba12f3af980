package dev.larder.testing;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints how large the sources are and which cycles they have, beside the targets ({@code ./dev metrics}). A method's length
 * is from its return type to its closing brace; a nested class counts as its outermost one.
 */
final class Metrics {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Set<String> PUBLISHED = Set.of("dev.larder", "dev.larder.spi");
    private static final int SHOWN = 5;

    private record Sized(String name, int lines) {}

    private Metrics() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> files = sources(MAIN);
        row("lines of main sources", lines(files), "18500 at most");
        row("lines of tests", lines(sources(TESTS)), "");
        List<Path> code = files.stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .toList();
        List<Sized> sizes = new ArrayList<>();
        for (Path file : code) {
            sizes.add(new Sized(MAIN.relativize(file).toString(), lines(List.of(file))));
        }
        printLengths("file", sizes, "60 / 180 / 350");
        printLengths("method", methods(code), "6 / 16 / 40");

        JavaClasses classes = new ClassFileImporter().importPath("target/classes");
        printCycles("packages", classes, JavaClass::getPackageName, "none");
        printCycles("classes", classes, type -> outermost(type).getName(), "documented pairs only");
        long exposed = classes.stream()
                .filter(type -> outermost(type).equals(type))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !PUBLISHED.contains(type.getPackageName()))
                .count();
        row("public types in internal packages", exposed, "60 at most");
    }

    private static void row(String title, Object figure, String target) {
        System.out.printf("%-36s %-16s %s%n", title, figure, target.isEmpty() ? "" : "(to reach: " + target + ")");
    }

    // sizes

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static int lines(List<Path> files) throws IOException {
        int lines = 0;
        for (Path file : files) {
            lines += Files.readAllLines(file).size();
        }
        return lines;
    }

    private static List<Sized> methods(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Sized> methods = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Methods(unit, positions, methods).scan(unit, null);
            }
        }
        return methods;
    }

    private static final class Methods extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Sized> found;

        Methods(CompilationUnitTree unit, SourcePositions positions, List<Sized> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            if (method.getBody() != null) {
                LineMap lines = unit.getLineMap();
                Tree start = method.getReturnType() != null ? method.getReturnType() : method;
                long first = lines.getLineNumber(positions.getStartPosition(unit, start));
                long last = lines.getLineNumber(positions.getEndPosition(unit, method));
                String file =
                        Path.of(unit.getSourceFile().getName()).getFileName().toString();
                found.add(new Sized(file + ":" + first + " " + method.getName(), (int) (last - first + 1)));
            }
            return super.visitMethod(method, none);
        }
    }

    private static void printLengths(String what, List<Sized> sizes, String target) {
        List<Sized> sorted =
                sizes.stream().sorted(Comparator.comparingInt(Sized::lines)).toList();
        String figures = quantile(sorted, 0.5) + " / " + quantile(sorted, 0.9) + " / " + quantile(sorted, 1);
        row(what + " length, p50 / p90 / max", figures, target);
        for (int i = sorted.size() - 1; i >= Math.max(0, sorted.size() - SHOWN); i--) {
            System.out.printf(
                    "  %5d  %s%n", sorted.get(i).lines(), sorted.get(i).name());
        }
    }

    private static int quantile(List<Sized> sorted, double part) {
        return sorted.get((int) Math.round(part * (sorted.size() - 1))).lines();
    }

    // cycles

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Metrics::outermost).orElse(type);
    }

    private static void printCycles(String what, JavaClasses classes, Function<JavaClass, String> node, String target) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(node.apply(type), any -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(classes::contains)
                    .map(node)
                    .forEach(used::add);
        }
        Map<String, Set<String>> reachable = new TreeMap<>();
        uses.keySet().forEach(from -> reachable.put(from, reachable(from, uses)));
        Set<String> cycles = new TreeSet<>();
        reachable.forEach((from, reached) -> {
            List<String> cycle = reached.stream()
                    .filter(to -> reachable.get(to).contains(from))
                    .map(to -> to.replace("dev.larder.", ""))
                    .toList();
            if (cycle.size() > 1) {
                cycles.add(String.join(", ", cycle));
            }
        });
        row("cycles of " + what, cycles.size(), target);
        cycles.forEach(cycle -> System.out.println("         " + cycle));
    }

    /** All that is used by a node, directly or not, the node included if it is on a cycle or uses itself. */
    private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(uses.get(from));
        while (!next.isEmpty()) {
            String each = next.pop();
            if (reached.add(each)) {
                next.addAll(uses.get(each));
            }
        }
        return reached;
    }
}
