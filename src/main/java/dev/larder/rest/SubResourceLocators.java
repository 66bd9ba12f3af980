package dev.larder.rest;

import dev.larder.policy.CachePolicy;
import dev.larder.policy.DeclaredParameters;
import dev.larder.response.CachedResource;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the key holds what the locators of a sub-resource read from a request. They may pass it to the
 * sub-resource, but a deployment sees only the class of the sub-resource. Thread-safe.
 */
final class SubResourceLocators {

    private static final System.Logger LOG = System.getLogger("dev.larder.rest");

    private final CachedResource resource;
    private final Map<Class<?>, Boolean> keyed = new ConcurrentHashMap<>();

    /** For the locators that lead to one resource method. */
    SubResourceLocators(CachedResource resource) {
        this.resource = resource;
    }

    /** Whether the key contains everything that the locators on the way to the resource read. */
    boolean areKeyed(ContainerRequestContext request) {
        List<Object> matched = request.getUriInfo().getMatchedResources();
        if (matched == null || matched.size() < 2 || resource.generatedKey() != null) {
            return true; // there is no locator, or the application makes the key
        }
        Object resourceInstance = matched.get(0);
        for (Object each : matched) {
            if (each != null
                    && each != resourceInstance
                    && !isKeyed(each instanceof Class<?> type ? type : each.getClass())) {
                return false;
            }
        }
        return true;
    }

    private boolean isKeyed(Class<?> type) {
        Boolean checked = keyed.get(type);
        if (checked == null) {
            String missing = missing(ResourceParameters.ofLocators(type));
            checked = missing == null;
            keyed.put(type, checked);
            if (missing != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Requests to " + resource.policy().signature() + " by a locator of " + type.getName()
                                + " run uncached (reported once): the locator reads "
                                + missing
                                + ", which is no part of the key. List a header in varyBy, or name a keyGenerator");
            }
        }
        return checked;
    }

    /** Something that the key does not contain, in words; null if it contains everything. */
    private @Nullable String missing(DeclaredParameters read) {
        CachePolicy policy = resource.policy();
        for (String cookie : read.cookies().keySet()) {
            return cookie.isEmpty() ? "the field Cookie" : "the cookie '" + cookie + "'";
        }
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.addAll(resource.rules().keyedBy());
        for (String header : read.headers()) {
            if (!headers.contains(header)) {
                return "the header field " + header;
            }
        }
        for (String query : read.queries().keySet()) {
            if (!policy.queryParams().isEmpty() && !policy.queryParams().contains(query)) {
                return "the query parameter '" + query + "'";
            }
        }
        return null;
    }
}
