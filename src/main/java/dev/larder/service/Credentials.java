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

/** The secrets in a backend's settings, which no message may contain. */
public final class Credentials {

    private static final int CAUSES = 16;

    private final List<String> secrets = new ArrayList<>();

    /** Collects them: the text before the last {@code @} of each server, and options that are passwords. */
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

    /** Adds the text, the text without its scheme (which may be misspelt), and the password. A client's message may contain any. */
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
            // URLDecoder would read a plus as a space
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A text in which {@code ***} replaces every secret. */
    public String removedFrom(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    /** Whether a failure, one of its causes or a suppressed exception contains a secret. */
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
