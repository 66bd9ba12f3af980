package dev.larder.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.scenario.Site.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client that sends what it is told and repairs nothing: no other can send, or be sent, what is malformed. */
final class Wire {

    private final URI base;

    Wire(URI base) {
        this.base = base;
    }

    /** The answer to a GET; of status 0 if the server cut the connection. */
    Answer get(String path, String... lines) throws IOException {
        return answer(text("GET", path, List.of(lines)));
    }

    /** The answer to a request whose Host is another one than the server's. */
    Answer getOf(String host, String path, String... lines) throws IOException {
        return answer(text("GET", path, host, List.of(lines)));
    }

    /** The whole answer, head and body; empty if the server cut the connection. */
    String text(String method, String path, List<String> lines) throws IOException {
        return text(method, path, base.getAuthority(), lines);
    }

    private String text(String method, String path, String host, List<String> lines) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request(method, base.getRawPath() + path, host, lines));
            return all(socket.getInputStream());
        }
    }

    /** A request after which the server closes the connection. */
    static byte[] request(String method, String target, String host, List<String> lines) {
        StringBuilder request = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        if (lines.stream().noneMatch(line -> line.startsWith("Connection:"))) {
            request.append("Connection: close\r\n");
        }
        lines.forEach(line -> request.append(line).append("\r\n"));
        return request.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static String all(InputStream in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (IOException reset) {
            // a server that refuses a request may not read it all
        }
        return bytes.toString(ISO_8859_1);
    }

    /** What the body says of the run that made it, whatever framing is around it; empty if it says nothing. */
    static String run(Answer answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("run "))
                .findFirst()
                .orElse("");
    }

    static Answer answer(String text) {
        if (!text.startsWith("HTTP/")) {
            return new Answer(0, HttpHeaders.of(Map.of(), (name, value) -> true), new byte[0]);
        }
        int end = text.indexOf("\r\n\r\n");
        List<String> head = text.substring(0, end).lines().toList();
        Map<String, List<String>> fields = head.stream()
                .skip(1)
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(':')),
                        Collectors.mapping(
                                line -> line.substring(line.indexOf(':') + 1).trim(), Collectors.toList())));
        return new Answer(
                Integer.parseInt(head.get(0).split(" ")[1]),
                HttpHeaders.of(fields, (name, value) -> true),
                text.substring(end + 4).getBytes(ISO_8859_1));
    }
}
