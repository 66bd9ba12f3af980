package dev.larder.response;

import dev.larder.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The resource method's own response, before an interceptor or filter could change it: what it returned, what its stage
 * completed with, or what it resumed its suspended response with.
 *
 * @param entity the entity, null for none
 * @param status the status of a response that it built, 0 if it built none
 * @param fields the fields of a response that it built
 */
public record Origin(@Nullable Object entity, int status, Fields fields) {

    /** Whether an entity is the method's own. Servers unbox and box primitives, so these are compared by value. */
    public boolean isEntity(@Nullable Object other) {
        return entity == other || (entity != null && isBoxed(entity) && entity.equals(other));
    }

    /** Whether a status is the method's own. If the method chose none, any status is. */
    public boolean isStatus(int other) {
        return status == 0 || status == other;
    }

    private static boolean isBoxed(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof Character;
    }
}
