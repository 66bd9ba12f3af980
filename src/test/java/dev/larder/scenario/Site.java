package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A deployed application, as a client sees it. */
final class Site {

    // HTTP/1.1: an offer to upgrade to HTTP/2 makes a request bypass the cache
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;

    Site(URI base) {
        this.base = base;
    }

    /** An application beside this one, on the same server. */
    Site beside(String name) {
        return new Site(base.resolve("/" + name + "/"));
    }

    /** The same application by another name of the host. */
    Site by(String host) {
        return new Site(URI.create(base.getScheme() + "://" + host + ":" + base.getPort() + base.getPath()));
    }

    URI uri(String path) {
        return base.resolve(path);
    }

    Answer get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    Answer head(String path) throws IOException, InterruptedException {
        return send("HEAD", path);
    }

    Answer send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** How often a method of the application ran. */
    int runs(String of) throws IOException, InterruptedException {
        return Integer.parseInt(get("runs?of=" + of).text());
    }

    /** A path that nobody asked for yet. */
    static String fresh(String path) {
        return path + (path.contains("?") ? '&' : '?') + "fresh="
                + ThreadLocalRandom.current().nextLong();
    }

    /** What came back. */
    record Answer(int status, HttpHeaders headers, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        boolean fromCache() {
            return headers.firstValue("Age").isPresent();
        }

        @Override
        public String toString() {
            return status + " " + headers.map() + " " + text();
        }
    }
}
