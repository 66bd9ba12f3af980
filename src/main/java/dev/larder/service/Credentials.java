package dev.larder.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheSettings;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The secrets among a backend's settings, to be kept out of messages. */
public final class Credentials {

    private static final int CAUSES = 16;

    private final List<String> secrets = new ArrayList<>();

    /** Finds them: what stands before the last {@code @} of each server, and options that are passwords. */
    public Credentials(CacheSettings settings) {
        for (String server : settings.servers()) {
            int at = server.lastIndexOf('@');
            if (at > 0) {
                addressed(server.substring(0, at));
            }
        }
        for (Map.Entry<String, String> option : settings.options().entrySet()) {
            if (option.getKey().toLowerCase(Locale.ROOT).contains("password")) {
                add(option.getValue());
            }
        }
        if (secrets.size() > 1) {
            secrets.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /** The whole, without a scheme (maybe a misspelt one), and the password: a client may complain of each of them. */
    private void addressed(String beforeAt) {
        String user = beforeAt.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:/+", "");
        for (String secret : new String[] {
            beforeAt, user, beforeAt.substring(beforeAt.indexOf(':') + 1), user.substring(user.indexOf(':') + 1)
        }) {
            add(secret);
            add(decoded(secret));
        }
    }

    private void add(String secret) {
        if (!secret.isEmpty() && !secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    private static String decoded(String text) {
        try {
            // a plus is a plus here
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A text with three stars in place of every secret. */
    public String removedFrom(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    /** Whether a secret stands in a failure or in what it was caused by. */
    boolean in(Throwable failure) {
        return in(failure, 0);
    }

    private boolean in(@Nullable Throwable failure, int depth) {
        if (failure == null || secrets.isEmpty()) {
            return false;
        }
        String text = failure.toString();
        if (depth > CAUSES || !removedFrom(text).equals(text) || in(failure.getCause(), depth + 1)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (in(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
