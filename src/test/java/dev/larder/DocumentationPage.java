package dev.larder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of Markdown, as far as it can be held against the code.
 *
 * @param file its path from the root of the project
 * @param text its lines outside of code blocks
 * @param blocks its code blocks
 */
record DocumentationPage(Path file, List<String> text, List<Block> blocks) {

    /**
     * A fenced code block.
     *
     * @param line where it begins, counted from 1
     * @param info what stands behind the fence: the language, and how the test is to read it
     */
    record Block(Path file, int line, String info, String code) {

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");

    static List<DocumentationPage> under(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .map(DocumentationPage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DocumentationPage read(Path file) {
        List<String> text = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        StringBuilder code = null;
        int begin = 0;
        String info = "";
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```") && code == null) {
                code = new StringBuilder();
                begin = i + 1;
                info = line.substring(3).trim();
            } else if (line.startsWith("```") && code != null) {
                blocks.add(new Block(file, begin, info, code.toString()));
                code = null;
            } else if (code != null) {
                code.append(line).append('\n');
            } else {
                text.add(line);
            }
        }
        if (code != null) {
            throw new AssertionError(file + ":" + begin + " has no end of its code block");
        }
        return new DocumentationPage(file, text, blocks);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The targets of its links, those in inline code left out. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String line : text) {
            Matcher link = LINK.matcher(INLINE_CODE.matcher(line).replaceAll("code"));
            while (link.find()) {
                links.add(link.group(1));
            }
        }
        return links;
    }

    /** The anchors of its headings, as GitHub makes them. */
    List<String> anchors() {
        return text.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The cells of every row of its tables, heads aside. */
    List<List<String>> rows() {
        return rowsOf(text);
    }

    /** The same, of the tables under one heading and before the next one. */
    List<List<String>> rows(String heading) {
        int from = text.indexOf(heading);
        if (from < 0) {
            throw new AssertionError(file + " has no heading '" + heading + "'");
        }
        List<String> section = text.subList(from + 1, text.size());
        int end = 0;
        while (end < section.size() && !section.get(end).startsWith("#")) {
            end++;
        }
        return rowsOf(section.subList(0, end));
    }

    private static List<List<String>> rowsOf(List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|--");
            if (lines.get(i).startsWith("|") && !lines.get(i).startsWith("|--") && !head) {
                String row = lines.get(i);
                rows.add(Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
                        .map(String::trim)
                        .toList());
            }
        }
        return rows;
    }
}
