package dev.larder.rest;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The decoded values of the path, as a resource method gets them. */
final class PathValues {

    private static final String JERSEY = "org.glassfish.jersey.";

    private PathValues() {}

    /**
     * The parameters of the path. If a name is repeated in it, by a locator and its sub-resource, the first value is that of
     * the sub-resource, which is the one that a {@code @PathParam} gets. Jersey lists the values like that; RESTEasy and CXF
     * list them as they stand in the path, and inject the last one.
     */
    static Map<String, List<String>> of(UriInfo uri) {
        Map<String, List<String>> values = uri.getPathParameters();
        if (uri.getClass().getName().startsWith(JERSEY)
                || values.values().stream().noneMatch(each -> each.size() > 1)) {
            return values;
        }
        Map<String, List<String>> reversed = new HashMap<>();
        values.forEach((name, each) -> {
            List<String> last = new ArrayList<>(each);
            Collections.reverse(last);
            reversed.put(name, last);
        });
        return reversed;
    }
}
