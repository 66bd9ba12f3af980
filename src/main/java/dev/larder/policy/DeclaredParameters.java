package dev.larder.policy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a resource method declares to read from a request: by its parameters, and by what is injected into its class.
 *
 * @param headers request header fields, in any case
 * @param cookies names of cookies, each with the member that reads it; an empty name stands for the whole
 *     {@code Cookie} field
 * @param queries names of query parameters, each with the member that reads it
 * @param beyondArguments whether something of the request is injected into the class, so that the method's arguments
 *     are not all that it reads
 */
public record DeclaredParameters(
        SortedSet<String> headers, Map<String, String> cookies, Map<String, String> queries, boolean beyondArguments) {

    /** Declares nothing. */
    public static final DeclaredParameters NONE =
            new DeclaredParameters(Collections.emptySortedSet(), Map.of(), Map.of(), false);

    /** Copies the names. */
    public DeclaredParameters {
        SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(headers);
        headers = Collections.unmodifiableSortedSet(names);
        cookies = Collections.unmodifiableMap(new TreeMap<>(cookies));
        queries = Collections.unmodifiableMap(new TreeMap<>(queries));
    }
}
