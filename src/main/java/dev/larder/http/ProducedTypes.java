package dev.larder.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The media types that a resource method can produce, of which negotiation selects one (RFC 9110 §12.5.1, Jakarta
 * RESTful Web Services §3.8).
 *
 * @param types in the order in which they were listed
 */
public record ProducedTypes(List<Produced> types) {

    /**
     * One of them.
     *
     * @param type {@code type/subtype} in lower case
     * @param weight the server's own, {@code qs}, in thousandths
     */
    public record Produced(String type, int weight) {}

    /**
     * The types of a list, if the request's Accept decides the type of the response.
     *
     * @param listed as in {@code @Produces}
     * @return null if there are less than two, or one is a range, or two differ in parameters only
     */
    public static @Nullable ProducedTypes of(List<String> listed) {
        List<Produced> types = new ArrayList<>();
        for (String element : ListSyntax.elements(listed)) {
            String type = typeOf(element);
            boolean duplicate = types.stream().anyMatch(other -> other.type().equals(type));
            if (duplicate || type.indexOf('*') >= 0 || type.indexOf('/') < 0) {
                return null;
            }
            types.add(new Produced(type, weight(element, "qs")));
        }
        return types.size() < 2 ? null : new ProducedTypes(List.copyOf(types));
    }

    /**
     * The type that negotiation selects: the client's weight counts first, then the server's, then the order.
     *
     * @return null if the client accepts none of them
     */
    public @Nullable String selected(Fields request) {
        List<String> ranges = ListSyntax.elements(request.lines("Accept"));
        Produced best = null;
        int bestWeight = 0;
        for (Produced candidate : types) {
            int weight = ranges.isEmpty() ? Weight.MAX_THOUSANDTHS : accepted(ranges, candidate.type());
            boolean better =
                    best == null || weight > bestWeight || (weight == bestWeight && candidate.weight() > best.weight());
            if (weight > 0 && better) {
                best = candidate;
                bestWeight = weight;
            }
        }
        return best == null ? null : best.type();
    }

    /**
     * Whether a response is of a type.
     *
     * @param type {@code type/subtype} in lower case
     */
    public static boolean isOf(String type, String contentType) {
        return typeOf(contentType).equals(type);
    }

    /** The weight of the most specific range that matches a type, 0 if none does. */
    private static int accepted(List<String> ranges, String type) {
        int nearest = -1;
        int weight = 0;
        for (String range : ranges) {
            int near = nearness(typeOf(range), type);
            if (near > nearest) {
                nearest = near;
                weight = weight(range, "q");
            }
        }
        return weight;
    }

    private static int nearness(String range, String type) {
        if (range.equals(type)) {
            return 2;
        }
        if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
            return 1;
        }
        return range.equals("*/*") ? 0 : -1;
    }

    private static String typeOf(String element) {
        int parameters = element.indexOf(';');
        String type = parameters < 0 ? element : element.substring(0, parameters);
        return Fields.lowerCase(type).replace(" ", "").replace("\t", "");
    }

    /** The weight in a parameter; the maximum if there is none, or it is malformed. */
    private static int weight(String element, String name) {
        for (String parameter : ListSyntax.split(element, ';')) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && Syntax.trimmed(parameter, 0, equals).equalsIgnoreCase(name)) {
                int thousandths = Weight.thousandths(Syntax.trimmed(parameter, equals + 1, parameter.length()));
                return thousandths < 0 ? Weight.MAX_THOUSANDTHS : thousandths;
            }
        }
        return Weight.MAX_THOUSANDTHS;
    }
}
