package dev.larder.response;

import dev.larder.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What a resource method itself answered, before anybody around it could change that: what it returned, what its stage came
 * to, or what it resumed.
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

    /** Whether a status is the method's own; one that it did not choose is. */
    public boolean isStatus(int other) {
        return status == 0 || status == other;
    }

    private static boolean isBoxed(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof Character;
    }
}
