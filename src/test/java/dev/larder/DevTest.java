package dev.larder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./dev} needs and does not find is one clear sentence. Each run ends before it builds anything. */
@Timeout(60)
class DevTest {

    private static final Path BASH = Path.of("/bin/bash");
    private static final String[] TOOLS = {"dirname", "sed", "cat", "mkdir", "sleep", "tail", "env", "sh"};

    @TempDir
    Path folder;

    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void tools() throws IOException {
        assumeTrue(Files.isExecutable(BASH));
        tools = Files.createDirectory(folder.resolve("tools"));
        environment.put("PATH", tools.toString());
        for (String tool : TOOLS) {
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            executable(tools.resolve(tool), "exec " + real + " \"$@\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "test", "bench", "metrics", "format"})
    void without_maven(String command) throws Exception {
        says("Maven is missing: install Maven 3.8 or newer and put mvn on the PATH.", command);
    }

    @Test
    void with_a_maven_that_does_not_start() throws Exception {
        executable(
                tools.resolve("mvn"), "echo The JAVA_HOME environment variable is not defined correctly >&2; exit 1");

        says(
                "Maven does not start, most likely for want of Java: install a JDK 17 or newer and set JAVA_HOME.",
                "demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6.3", "3.0", "2.2.1"})
    void with_a_maven_that_is_too_old(String version) throws Exception {
        maven(version, "17.0.15", jdk());

        says("Maven " + version + " is too old: Maven 3.8 or newer is needed.", "demo");
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, 11", "1.8.0_292, 8", "9, 9"})
    void with_a_java_that_is_too_old(String version, String shown) throws Exception {
        maven("3.8.7", version, jdk());

        says(
                "Java " + shown + " is too old: Maven runs on it, and a JDK 17 or newer is needed (set JAVA_HOME).",
                "test");
    }

    @Test
    void with_a_jre_that_has_no_compiler() throws Exception {
        Path jre = Files.createDirectory(folder.resolve("jre"));
        maven("4.0.0-rc-5", "17.0.15", jre);

        says(jre + " is no JDK (it has no javac): a JDK 17 or newer is needed (set JAVA_HOME).", "demo");
    }

    @Test
    void tomee_on_a_java_that_is_too_new() throws Exception {
        maven("3.9.11", "25", jdk());

        says("TomEE 9 does not start on Java 25: set JAVA_HOME to a JDK from 17 to 24.", "demo", "tomee");
    }

    @Test
    void with_a_port_that_is_taken() throws Exception {
        maven("3.8.7", "17.0.15", jdk());
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            says(
                    "Port " + other.getLocalPort() + " is taken: stop what uses it or choose another one with --port.",
                    "demo",
                    "--port",
                    Integer.toString(other.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "0", "65536", "80a", "-1"})
    void with_a_port_that_is_none(String port) throws Exception {
        says("--port needs a number from 1 to 65535, not '" + port + "'.", "demo", "--port", port);
    }

    @Test
    void with_no_port_behind_the_option() throws Exception {
        says("--port needs a number.", "demo", "--port");
    }

    @ParameterizedTest
    @CsvSource({
        "demo, glassfish, ./dev demo [wildfly|payara|tomee] [--redis|--memcached] [--port N].",
        "bench, all-of-it, ./dev bench [",
        "test, wildfly, ./dev test takes none.",
        "metrics, all, ./dev metrics takes none.",
        "format, src, ./dev format takes none."
    })
    void with_an_unknown_argument(String command, String argument, String expected) throws Exception {
        Ended ended = run(command, argument);

        assertThat(ended.errors()).hasSize(1);
        assertThat(ended.errors().get(0)).startsWith("Unknown argument '" + argument + "': " + expected);
        assertThat(ended.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--redis, redis-server, LARDER_REDIS_SERVER, LARDER_TEST_REDIS",
        "--memcached, memcached, LARDER_MEMCACHED, LARDER_TEST_MEMCACHED"
    })
    void without_a_store_that_may_not_be_installed(String store, String program, String path, String address)
            throws Exception {
        maven("3.8.7", "17.0.15", jdk());
        aptGet("0");
        environment.put("LARDER_INSTALL", "no");

        says(missing(program, path, address), "demo", store, "--port", freePort());
        assertThat(folder.resolve("installed")).doesNotExist();
    }

    @Test
    void without_a_store_that_only_root_may_install() throws Exception {
        maven("3.8.7", "17.0.15", jdk());
        aptGet("1000");

        says(missing("redis-server", "LARDER_REDIS_SERVER", "LARDER_TEST_REDIS"), "bench", "stores");
        assertThat(folder.resolve("installed")).doesNotExist();
    }

    @Test
    void what_is_installed_is_said_before() throws Exception {
        maven("3.8.7", "17.0.15", jdk());
        aptGet("0");

        Ended ended = run("demo", "--redis", "--port", freePort());

        assertThat(ended.output())
                .containsExactly("Installing redis-server by apt-get install -y --no-install-recommends redis-server;"
                        + " LARDER_INSTALL=no forbids that (log: target/dev/install-redis-server.log) ...");
        assertThat(Files.readAllLines(folder.resolve("installed")))
                .containsExactly("install -y --no-install-recommends redis-server");
        assertThat(ended.errors()).containsExactly(missing("redis-server", "LARDER_REDIS_SERVER", "LARDER_TEST_REDIS"));
    }

    @Test
    void with_an_unknown_command() throws Exception {
        Ended ended = run("tets");

        assertThat(ended.errors()).startsWith("Usage: ./dev <command>").endsWith("Unknown command 'tets'.");
        assertThat(ended.status()).isEqualTo(1);
    }

    private void says(String sentence, String... arguments) throws Exception {
        Ended ended = run(arguments);

        assertThat(ended.errors()).containsExactly(sentence);
        assertThat(ended.status()).isEqualTo(1);
    }

    private record Ended(int status, List<String> output, List<String> errors) {}

    private Ended run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(BASH.toString(), "./dev"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readAllLines(output, UTF_8), Files.readAllLines(errors, UTF_8));
    }

    private void maven(String version, String java, Path runtime) throws IOException {
        executable(
                tools.resolve("mvn"),
                "echo 'Apache Maven " + version + " (any)'\necho 'Maven home: /any'\necho 'Java version: " + java
                        + ", vendor: Any, runtime: " + runtime + "'");
    }

    private Path jdk() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        executable(bin.resolve("javac"), "exit 0");
        return folder.resolve("jdk");
    }

    /** One that installs nothing but notes what it was asked for, and a user who asks. */
    private void aptGet(String user) throws IOException {
        executable(tools.resolve("id"), "echo " + user);
        executable(tools.resolve("apt-get"), "echo \"$*\" >>" + folder.resolve("installed"));
    }

    private static String missing(String program, String path, String address) {
        return program + " is missing: install it (on Debian: apt-get install " + program + "), set " + path
                + " to its path, or " + address + " to the address of a running server.";
    }

    private static String freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(any.getLocalPort());
        }
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!" + BASH + "\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
