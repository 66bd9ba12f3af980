package dev.larder.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.http.QueryParameters;
import dev.larder.http.RequestFacts;
import dev.larder.http.Scope;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key of a request, within its region. Persisted: a change makes stored responses unreachable. */
final class ResourceKey {

    private static final String CALLER = " user=";

    /** A space and a SHA-256 in base64url. */
    private static final int VARIANT_LENGTH = 44;

    private ResourceKey() {}

    /**
     * The generator's key, else prefix, method, application and URI: {@code books:com.acme.Books.list(String) shop
     * http://host/shop/books?author=x}. The URI is as it was sent and holds no space. Behind it comes what else tells
     * entries apart: the media type or the Accept, the hash of the fields in {@code varyBy}, and the caller.
     *
     * @return null if the request has no key and bypasses the cache
     */
    static @Nullable String of(String application, Exchange exchange, Supplier<Object[]> arguments) {
        CachedResource resource = exchange.resource();
        RequestFacts request = exchange.request();
        if (resource.generatedKey() != null) {
            String generated = resource.generatedKey().of(exchange.context(arguments));
            return generated == null ? null : unmistakable(generated) + caller(resource, request);
        }
        StringBuilder text = new StringBuilder(160)
                .append(resource.keyRoot())
                .append(' ')
                .append(application)
                .append(' ')
                .append(request.scheme())
                .append("://")
                .append(request.host())
                .append(request.path());
        String query = query(resource, request);
        if (query != null) {
            text.append('?').append(query);
        }
        if (resource.negotiation() != null) {
            String type = resource.negotiation().key(request.fields());
            exchange.typed(type);
            text.append(' ').append(type);
        }
        if (!resource.variedBy().names().isEmpty()) {
            // hashed, since the values may be credentials, and of any length
            text.append(' ').append(resource.variedBy().hash(request.fields()));
        }
        return text.append(caller(resource, request)).toString();
    }

    private static @Nullable String query(CachedResource resource, RequestFacts request) {
        List<String> names = resource.policy().queryParams();
        String query = request.query();
        if (query == null || names.isEmpty()) {
            return query;
        }
        String kept = QueryParameters.only(query, names);
        return kept.isEmpty() ? null : kept;
    }

    /** The caller whose entry it is. */
    private static String caller(CachedResource resource, RequestFacts request) {
        String principal = request.principal();
        return resource.rules().scope() == Scope.USER && principal != null
                ? CALLER + URLEncoder.encode(principal, UTF_8)
                : "";
    }

    /**
     * A generated key, which may hold anything a client sent, and so must not look like a default key, one of some caller,
     * or one of a variant: none of these ends with a space.
     */
    private static String unmistakable(String generated) {
        int space = generated.lastIndexOf(' ');
        boolean mistakable = space >= 0
                && (generated.length() - space == VARIANT_LENGTH
                        || generated.endsWith(" ")
                        || generated.contains(CALLER)
                        || generated.contains("://"));
        return mistakable ? generated + ' ' : generated;
    }
}
