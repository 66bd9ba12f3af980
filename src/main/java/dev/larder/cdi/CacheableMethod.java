package dev.larder.cdi;

import dev.larder.Cache;
import dev.larder.policy.CachePolicy.Kind;
import java.lang.reflect.Method;

/** A method that an annotation covers and that can be cached, and what of it is cached. */
record CacheableMethod(Method method, Cache annotation, Kind kind) {

    boolean isResource() {
        return kind == Kind.RESPONSE;
    }
}
