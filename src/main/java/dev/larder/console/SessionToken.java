package dev.larder.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secret of a session, which only a page of this application can read. The session holds a text, no class of
 * Larder's: it may be written to disk, and stays when the application is undeployed.
 */
final class SessionToken {

    private static final String ATTRIBUTE = "dev.larder.console.token";
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** The token of the caller's session, which this creates if there is none. */
    String of(HttpServletRequest request) {
        HttpSession session = request.getSession();
        String token = stored(session);
        if (token == null) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            session.setAttribute(ATTRIBUTE, token);
        }
        return token;
    }

    /** Whether a text is the token of the caller's session. Takes the same time for every text of the same length. */
    static boolean matches(@Nullable String given, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String token = session == null ? null : stored(session);
        return given != null
                && token != null
                && MessageDigest.isEqual(token.getBytes(US_ASCII), given.getBytes(US_ASCII));
    }

    private static @Nullable String stored(HttpSession session) {
        return (String) session.getAttribute(ATTRIBUTE);
    }
}
