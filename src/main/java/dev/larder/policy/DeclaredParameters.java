package dev.larder.policy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a resource method reads from a request by its parameters and by the injected members of its class.
 *
 * @param headers names of header fields, in any case
 * @param cookies names of cookies, each with the member that reads it; an empty name stands for the whole
 *     {@code Cookie} field
 * @param queries names of query parameters, each with the member that reads it
 * @param beyondArguments whether the class has injected members, so that the method reads more than its arguments
 * @param ownPathNames names of the parameters of the path that the method itself declares, which tags may name
 * @param ownQueryNames the same for the query
 */
public record DeclaredParameters(
        SortedSet<String> headers,
        Map<String, String> cookies,
        Map<String, String> queries,
        boolean beyondArguments,
        SortedSet<String> ownPathNames,
        SortedSet<String> ownQueryNames) {

    /** Declares nothing. */
    public static final DeclaredParameters NONE =
            new DeclaredParameters(Collections.emptySortedSet(), Map.of(), Map.of(), false);

    /** The parameters of a class, whose methods declare none. */
    public DeclaredParameters(
            SortedSet<String> headers,
            Map<String, String> cookies,
            Map<String, String> queries,
            boolean beyondArguments) {
        this(headers, cookies, queries, beyondArguments, Collections.emptySortedSet(), Collections.emptySortedSet());
    }

    /** Copies the names. */
    public DeclaredParameters {
        SortedSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(headers);
        headers = Collections.unmodifiableSortedSet(names);
        cookies = Collections.unmodifiableMap(new TreeMap<>(cookies));
        queries = Collections.unmodifiableMap(new TreeMap<>(queries));
        ownPathNames = Collections.unmodifiableSortedSet(new TreeSet<>(ownPathNames));
        ownQueryNames = Collections.unmodifiableSortedSet(new TreeSet<>(ownQueryNames));
    }
}
