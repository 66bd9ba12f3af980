package dev.larder.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheKeyContext;
import dev.larder.http.RequestFacts;
import dev.larder.http.Scope;
import java.net.URLEncoder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The key of a request, within its region. It is persisted: do not change its form.
 *
 * @param type the media type in it, or the Accept; null if neither is
 */
record ResourceKey(String text, @Nullable String type) {

    private static final String CALLER = " user=";

    /** A space and a SHA-256 in base64url. */
    private static final int VARIANT_LENGTH = 44;

    /**
     * The generator's key, else prefix, method, application and URI: {@code books:com.acme.Books.list(String) shop
     * http://host/shop/books?author=x}. The URI is as it was sent and has no space. It is followed by what
     * else distinguishes entries: the media type or the Accept, the hash of the fields in {@code varyBy}, and the caller.
     *
     * @param context what a key generator gets
     * @return null if the request has no key and bypasses the cache
     */
    static @Nullable ResourceKey of(
            String application, CachedResource resource, RequestFacts request, Supplier<CacheKeyContext> context) {
        if (resource.generatedKey() != null) {
            String generated = resource.generatedKey().of(context.get());
            return generated == null
                    ? null
                    : new ResourceKey(unmistakable(generated) + caller(resource, request), null);
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
        String query = request.query(resource.policy().queryParams());
        if (query != null) {
            text.append('?').append(query);
        }
        Negotiation negotiation = resource.negotiation();
        String type = negotiation == null ? null : negotiation.key(request.fields());
        if (type != null) {
            text.append(' ').append(type);
        }
        if (!resource.variedBy().names().isEmpty()) {
            // hashed, since the values may be credentials, and of any length
            text.append(' ').append(resource.variedBy().hash(request.fields()));
        }
        return new ResourceKey(text.append(caller(resource, request)).toString(), type);
    }

    /** The caller whose entry it is. */
    private static String caller(CachedResource resource, RequestFacts request) {
        String principal = request.principal();
        return resource.rules().scope() == Scope.USER && principal != null
                ? CALLER + URLEncoder.encode(principal, UTF_8)
                : "";
    }

    /**
     * A generated key may hold anything that a client sent. It must not look like a default key, a caller's or a variant's:
     * none of these ends with a space.
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
