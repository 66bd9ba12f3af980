package dev.larder.backend.memcached;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in by SASL. Never shown.
 *
 * @param user the user
 * @param password the password
 */
public record Login(String user, String password) {

    static Login parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("before the '@' stand user and password, with a ':' between");
        }
        return new Login(text.substring(0, colon), text.substring(colon + 1));
    }

    // by hand, like ServerAddress's
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Login that && user.equals(that.user) && password.equals(that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, password);
    }

    @Override
    public String toString() {
        return "***";
    }
}
