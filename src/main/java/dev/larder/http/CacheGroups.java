package dev.larder.http;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a response, and those that it invalidates (RFC 9875): two fields, each a list of strings (RFC 9651 §3.1).
 *
 * <p>The lines of a field are combined. The order of groups, repetitions and parameters do not matter. A field that is
 * malformed, or has a member that is no string, is ignored as a whole. There is no limit to the number of groups or
 * their length (RFC 9875 demands 32 groups of 32 characters): to drop a group would leave responses valid that it names.
 * A response with more groups than an entry may have tags must not be stored.
 */
public final class CacheGroups {

    private static final System.Logger LOG = System.getLogger("dev.larder.http");
    private static final String GROUPS = "Cache-Groups";
    private static final String INVALIDATION = "Cache-Group-Invalidation";

    private CacheGroups() {}

    /** The groups that a response belongs to; empty if there are none, or the field is malformed. */
    public static Set<String> of(Fields response) {
        return read(GROUPS, response.combined(GROUPS));
    }

    /**
     * The groups that the response to an unsafe request invalidates, if it is a success; empty if there are none, or the
     * field is malformed. On the response to a safe request the field must be ignored (RFC 9875 §3).
     */
    public static Set<String> invalidatedBy(Fields response) {
        return read(INVALIDATION, response.combined(INVALIDATION));
    }

    /** Whether a field is one of the two, in any case. */
    public static boolean isField(String name) {
        return name.equalsIgnoreCase(GROUPS) || name.equalsIgnoreCase(INVALIDATION);
    }

    private static Set<String> read(String name, @Nullable String field) {
        if (field == null) {
            return Set.of();
        }
        Set<String> groups = new LinkedHashSet<>();
        if (new StructuredStrings(field).readInto(groups)) {
            return groups;
        }
        LOG.log(System.Logger.Level.DEBUG, "A {0} that is no list of strings is ignored: {1}", name, field);
        return Set.of();
    }
}
