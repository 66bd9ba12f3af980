package dev.larder.codec;

import dev.larder.reflect.Hierarchy;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the values of JSON-P, which JSON-B writes as they are. Compares names, since nothing else here needs that
 * API.
 */
final class JsonTypes {

    private JsonTypes() {}

    /** The interface of JSON-P that a class implements, null if it does not. */
    static @Nullable Class<?> of(Class<?> type) {
        if (type.getName().startsWith("java.")) {
            return null;
        }
        for (Class<?> each : Hierarchy.classes(type)) {
            for (Class<?> one : each.getInterfaces()) {
                if (one.getName().startsWith("jakarta.json.Json")) {
                    return one;
                }
            }
        }
        return null;
    }
}
