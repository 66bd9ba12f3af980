package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** The users of each fresh server, in the file where it keeps those that an administrator adds. */
enum ServerUser {
    ANN("reader"),
    BEN("reader"),
    EVE("guest");

    private static final byte[] SALT = "scenario".getBytes(UTF_8);

    private final String role;

    ServerUser(String role) {
        this.role = role;
    }

    String principal() {
        return name().toLowerCase(Locale.ROOT);
    }

    String password() {
        return "password of " + principal();
    }

    /** The value of the field {@code Authorization}. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((principal() + ":" + password()).getBytes(UTF_8));
    }

    static void addAll(String server, Path home) throws IOException {
        for (ServerUser user : values()) {
            switch (server) {
                case "wildfly" -> user.addToWildFly(home.resolve("standalone/configuration"));
                case "payara" -> user.addToPayara(home.resolve("glassfish/domains/domain1/config"));
                case "tomee" -> user.addToTomee(home.resolve("conf/tomcat-users.xml"));
                default -> throw new IllegalArgumentException("No server '" + server + "'");
            }
        }
    }

    private void addToWildFly(Path configuration) throws IOException {
        byte[] hash = digest("MD5", (principal() + ":ApplicationRealm:" + password()).getBytes(UTF_8));
        append(
                configuration.resolve("application-users.properties"),
                principal() + "=" + HexFormat.of().formatHex(hash));
        append(configuration.resolve("application-roles.properties"), principal() + "=" + role);
    }

    /** As its {@code asadmin create-file-user} does, which needs a running server. */
    private void addToPayara(Path configuration) throws IOException {
        byte[] hash = joined(password().getBytes(UTF_8), SALT);
        for (int i = 0; i < 100; i++) {
            hash = digest("SHA-256", hash);
        }
        String secret = Base64.getEncoder().encodeToString(joined(hash, SALT));
        append(configuration.resolve("keyfile"), principal() + ";{SSHA256}" + secret + ";" + role);
    }

    private void addToTomee(Path users) throws IOException {
        String end = "</tomcat-users>";
        Files.writeString(
                users,
                Files.readString(users)
                        .replace(
                                end,
                                "<user username=\"%s\" password=\"%s\" roles=\"%s\"/>%n%s"
                                        .formatted(principal(), password(), role, end)));
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, System.lineSeparator() + line, StandardOpenOption.APPEND);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] digest(String algorithm, byte[] of) {
        try {
            return MessageDigest.getInstance(algorithm).digest(of);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
