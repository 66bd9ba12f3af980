package dev.larder.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One kept connection to the server on the loopback. Reads as little as a load generator must, and no more. */
final class Connection implements AutoCloseable {

    private static final byte[] LENGTH = "content-length:".getBytes(US_ASCII);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int headLength;
    private int bodyLength;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        out = socket.getOutputStream();
        in = socket.getInputStream();
    }

    static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                        + "Accept-Encoding: gzip, deflate\r\nAccept-Language: en-GB,en;q=0.5\r\n"
                        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /** Sends a request and reads its answer, which is a 200 with a Content-Length. */
    void exchange(byte[] request) throws IOException {
        out.write(request);
        int filled = 0;
        int head;
        do {
            filled = more(filled);
            head = endOfHead(filled);
        } while (head < 0);
        check(head);
        int end = head + contentLength(head);
        while (filled < end) {
            filled = more(filled);
        }
        if (filled > end) {
            throw new IOException("The answer is longer than its Content-Length");
        }
        headLength = head;
        bodyLength = end - head;
    }

    /** The head of the last answer. */
    String head() {
        return new String(buffer, 0, headLength, ISO_8859_1);
    }

    /** The body of the last answer. */
    String body() {
        return new String(buffer, headLength, bodyLength, ISO_8859_1);
    }

    private int more(int filled) throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            throw new EOFException("The server closed the connection, or its answer is longer than " + buffer.length);
        }
        return filled + read;
    }

    private int endOfHead(int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private void check(int head) throws IOException {
        if (buffer[9] != '2' || buffer[10] != '0' || buffer[11] != '0') {
            throw new IOException("Not a 200: " + new String(buffer, 0, head, ISO_8859_1));
        }
    }

    private int contentLength(int head) throws IOException {
        for (int line = 0; line < head; line++) {
            if (buffer[line] == '\n' && startsWithLength(line + 1)) {
                int length = 0;
                for (int i = line + 1 + LENGTH.length; buffer[i] != '\r'; i++) {
                    length = buffer[i] == ' ' ? length : 10 * length + buffer[i] - '0';
                }
                return length;
            }
        }
        throw new IOException("No Content-Length: " + new String(buffer, 0, head, ISO_8859_1));
    }

    private boolean startsWithLength(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((buffer[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
