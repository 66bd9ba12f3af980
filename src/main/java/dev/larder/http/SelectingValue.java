package dev.larder.http;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A request field's value, normalised so that equivalent values are equal (RFC 9111 §4.1): lines combined, white
 * space around commas dropped; {@code Accept} and its kin as sets of (range, weight), case ignored.
 */
final class SelectingValue {

    private SelectingValue() {}

    static String of(String lowerCaseName, List<String> lines) {
        return switch (lowerCaseName) {
            case "accept", "accept-language", "accept-encoding", "accept-charset" -> preferences(lines);
            default -> combined(lines);
        };
    }

    private static String combined(List<String> lines) {
        StringBuilder combined = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            combined.append(i == 0 ? "" : ",");
            appendWithoutSpaceAroundCommas(lines.get(i), combined);
        }
        return combined.toString();
    }

    private static void appendWithoutSpaceAroundCommas(String line, StringBuilder to) {
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == ',') {
                to.append(start == 0 ? "" : ",").append(Syntax.trimmed(line, start, i));
                start = i + 1;
            } else if (line.charAt(i) == '"') {
                i = Math.min(ListSyntax.endOfQuote(line, i), line.length()) - 1;
            }
        }
    }

    private static String preferences(List<String> lines) {
        TreeSet<String> preferences = new TreeSet<>();
        for (String element : ListSyntax.elements(lines)) {
            preferences.add(preference(Fields.lowerCase(element)));
        }
        return String.join(",", preferences);
    }

    /** The range with its parameters and the weight in thousandths; a malformed weight stays unchanged. */
    private static String preference(String element) {
        List<String> range = new ArrayList<>();
        String weight = Integer.toString(Weight.MAX_THOUSANDTHS);
        for (String part : ListSyntax.split(element, ';')) {
            String parameter = withoutSpaceAroundEquals(part);
            if (parameter.startsWith("q=")) {
                String text = parameter.substring(2);
                int thousandths = Weight.thousandths(text);
                weight = thousandths < 0 ? text : Integer.toString(thousandths);
            } else {
                range.add(parameter);
            }
        }
        return String.join(";", range) + ";q=" + weight;
    }

    private static String withoutSpaceAroundEquals(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0
                ? parameter
                : Syntax.trimmed(parameter, 0, equals)
                        + '='
                        + Syntax.trimmed(parameter, equals + 1, parameter.length());
    }
}
