package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A deployed application, as a client sees it. */
final class Site {

    // HTTP/1.1: an offer to upgrade to HTTP/2 makes a request bypass the cache
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;

    private final Duration patience;

    Site(URI base) {
        this(base, Duration.ofSeconds(30));
    }

    private Site(URI base, Duration patience) {
        this.base = base;
        this.patience = patience;
    }

    /** The same for a client that waits no longer. */
    Site within(Duration time) {
        return new Site(base, time);
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

    /** An answer that comes from the cache. */
    Answer hit(String path, String... headers) throws IOException, InterruptedException {
        Answer answer = get(path, headers);
        assertThat(answer.fromCache()).as("%s", answer).isTrue();
        return answer;
    }

    /** An answer for which the method ran. */
    Answer run(String path, String... headers) throws IOException, InterruptedException {
        Answer answer = get(path, headers);
        assertThat(answer.fromCache()).as("%s", answer).isFalse();
        return answer;
    }

    /** For this reason: the method runs each time, and says in its Cache-Status why. */
    void neverStored(String path, String reason, String... headers) throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            Answer answer = get(path, headers);
            assertThat(answer.cacheStatus()).as("%s", answer).isEqualTo("larder; fwd=uri-miss; detail=" + reason);
        }
    }

    Answer head(String path) throws IOException, InterruptedException {
        return send("HEAD", path);
    }

    Answer send(String method, String path, String... headers) throws IOException, InterruptedException {
        return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /** PUT with a text as its body. */
    Answer put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(body), "Content-Type", "text/plain");
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).timeout(patience).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        // the timeout of a request is not one of its body
        var pending = CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = pending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException("No whole answer within " + patience, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
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

    /** As a part of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** What came back. */
    record Answer(int status, HttpHeaders headers, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        List<String> all(String name) {
            return headers.allValues(name);
        }

        /** The elements of a list, in lower case. */
        List<String> elements(String name) {
            return all(name).stream()
                    .flatMap(line -> Arrays.stream(line.split(",")))
                    .map(element -> element.trim().toLowerCase(Locale.ROOT))
                    .toList();
        }

        String cacheStatus() {
            return String.join(" / ", all("Cache-Status"));
        }

        /** Told by its Age: one that the resource set is none of the cache. */
        boolean fromCache() {
            return headers.firstValue("Age").isPresent();
        }

        @Override
        public String toString() {
            return status + " " + headers.map() + " " + text();
        }
    }
}
