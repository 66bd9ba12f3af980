package dev.larder.memcached;

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

    @Override
    public String toString() {
        return "***";
    }
}
