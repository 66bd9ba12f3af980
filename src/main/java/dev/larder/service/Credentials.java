package dev.larder.service;

import dev.larder.CacheSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The secrets among a backend's settings, to be kept out of messages. */
final class Credentials {

    private static final int CAUSES = 16;

    private final List<String> secrets = new ArrayList<>();

    Credentials(CacheSettings settings) {
        for (String server : settings.servers()) {
            int at = server.lastIndexOf('@');
            if (at > 0) {
                String user = server.substring(
                        server.startsWith("/", server.indexOf(':') + 1) ? server.indexOf("//") + 2 : 0, at);
                add(user);
                add(user.substring(user.indexOf(':') + 1));
            }
        }
        for (Map.Entry<String, String> option : settings.options().entrySet()) {
            if (option.getKey().toLowerCase(Locale.ROOT).contains("password")) {
                add(option.getValue());
            }
        }
        secrets.sort(Comparator.comparingInt(String::length).reversed());
    }

    private void add(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
        }
    }

    String removedFrom(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    /** Whether a secret stands in the message of a failure or of one of its causes. */
    boolean in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (!removedFrom(message).equals(message)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
