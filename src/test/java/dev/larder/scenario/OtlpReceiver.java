package dev.larder.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Receives what a server exports in OTLP, as a collector does, and names the series as its Prometheus exporter does. */
final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private Map<String, Long> last = new TreeMap<>();
    private int exports;

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/metrics", exchange -> {
            try (InputStream body = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(exchange.getRequestBody())
                    : exchange.getRequestBody()) {
                receive(body.readAllBytes());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The series of the last exports, of all applications since {@link #forget}. */
    synchronized Map<String, Long> series() {
        return new TreeMap<>(last);
    }

    synchronized int exports() {
        return exports;
    }

    synchronized void forget() {
        last = new TreeMap<>();
    }

    /** An ExportMetricsServiceRequest: opentelemetry/proto/metrics/v1/metrics.proto. */
    private synchronized void receive(byte[] request) {
        exports++;
        for (byte[] resource : Message.of(request).messages(1)) {
            for (byte[] scope : Message.of(resource).messages(2)) {
                for (byte[] metric : Message.of(scope).messages(2)) {
                    receiveMetric(Message.of(metric));
                }
            }
        }
    }

    private void receiveMetric(Message metric) {
        String name = metric.text(1).replace('.', '_');
        if (!name.startsWith("cache_") && !name.startsWith("larder_")) {
            return;
        }
        metric.messages(5).forEach(gauge -> receivePoints(name, Message.of(gauge), 7));
        metric.messages(7).forEach(sum -> receivePoints(name + "_total", Message.of(sum), 7));
        metric.messages(9).forEach(histogram -> receivePoints(name + "_seconds_count", Message.of(histogram), 9));
    }

    private void receivePoints(String name, Message data, int attributes) {
        for (byte[] encoded : data.messages(1)) {
            Message point = Message.of(encoded);
            Map<String, String> labels = new TreeMap<>();
            for (byte[] attribute : point.messages(attributes)) {
                Message pair = Message.of(attribute);
                labels.put(pair.text(1), Message.of(pair.messages(2).get(0)).text(1));
            }
            // the count of a histogram, or the whole number of a gauge or sum
            last.put(name + labels, point.fixed(attributes == 9 ? 4 : 6));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A protobuf message: its length-delimited and its 64-bit fields. */
    private record Message(Map<Integer, List<byte[]>> fields, Map<Integer, Long> numbers) {

        static Message of(byte[] encoded) {
            Map<Integer, List<byte[]>> fields = new TreeMap<>();
            Map<Integer, Long> numbers = new TreeMap<>();
            ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                long tag = varint(in);
                int field = (int) (tag >>> 3);
                switch ((int) (tag & 7)) {
                    case 0 -> numbers.put(field, varint(in));
                    case 1 -> numbers.put(field, in.getLong());
                    case 2 -> {
                        byte[] value = new byte[(int) varint(in)];
                        in.get(value);
                        fields.computeIfAbsent(field, any -> new ArrayList<>()).add(value);
                    }
                    case 5 -> in.getInt();
                    default -> throw new IllegalArgumentException("No protobuf: tag " + tag);
                }
            }
            return new Message(fields, numbers);
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<byte[]> messages(int field) {
            return fields.getOrDefault(field, List.of());
        }

        String text(int field) {
            return new String(messages(field).get(0), StandardCharsets.UTF_8);
        }

        long fixed(int field) {
            return numbers.getOrDefault(field, 0L);
        }
    }
}
