package dev.larder.response;

import dev.larder.http.RequestFacts;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key of a request, within its region. */
final class ResourceKey {

    private ResourceKey() {}

    /**
     * The generator's key, else prefix, method, application and URI: {@code books:com.acme.Books.list(String) shop
     * http://host/shop/books?author=x}. The URI is as it was sent and holds no space.
     *
     * @return null if the request has no key and bypasses the cache
     */
    static @Nullable String of(String application, Exchange exchange, Supplier<Object[]> arguments) {
        CachedResource resource = exchange.resource();
        if (resource.generatedKey() != null) {
            return resource.generatedKey().of(exchange.context(arguments));
        }
        RequestFacts request = exchange.request();
        StringBuilder text = new StringBuilder(160)
                .append(resource.keyRoot())
                .append(' ')
                .append(application)
                .append(' ')
                .append(request.scheme())
                .append("://")
                .append(request.host())
                .append(request.path());
        if (request.query() != null) {
            text.append('?').append(request.query());
        }
        if (resource.negotiated()) {
            text.append(' ').append(CachedResource.ACCEPT.selecting(request.fields()));
        }
        return text.toString();
    }
}
