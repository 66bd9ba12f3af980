package dev.larder.backend.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Assigns keys to servers: the ketama ring of libmemcached, with 160 points for each server. The clients' own rings
 * disagree with each other: one hashes a server's name as configured, the other the address that it resolves to.
 */
public final class Ring {

    private static final String PROBE = "larder-probe-";
    private static final int DIGESTS = 40;
    private static final int POINTS_OF_A_DIGEST = 4;

    private final long[] points;
    private final int[] owners;
    private final boolean single;

    /**
     * Places servers on a ring.
     *
     * @param servers at least one; their order does not influence which of them has a key
     */
    public Ring(List<ServerAddress> servers) {
        Map<Long, Integer> ring = new TreeMap<>();
        for (int server = 0; server < servers.size(); server++) {
            String name = servers.get(server).ringName();
            for (int i = 0; i < DIGESTS; i++) {
                byte[] digest = md5(name + "-" + i);
                for (int part = 0; part < POINTS_OF_A_DIGEST; part++) {
                    int mine = server;
                    // if two servers share a point, the greater name gets it, whatever their order
                    ring.merge(
                            point(digest, part),
                            server,
                            (other, ignored) -> servers.get(other).ringName().compareTo(name) > 0 ? other : mine);
                }
            }
        }
        points = ring.keySet().stream().mapToLong(Long::longValue).toArray();
        owners = ring.values().stream().mapToInt(Integer::intValue).toArray();
        single = servers.size() == 1;
    }

    /**
     * The server that has a key.
     *
     * @param key the key
     * @return its index in the list of servers
     */
    public int server(String key) {
        if (single) {
            return 0;
        }
        int index = Arrays.binarySearch(points, point(md5(key), 0));
        int next = index >= 0 ? index : -index - 1;
        return owners[next == points.length ? 0 : next];
    }

    /** A probe key that belongs to a server. */
    String keyOf(int server) {
        int number = 0;
        while (server(PROBE + number) != server) {
            number++;
        }
        return PROBE + number;
    }

    private static long point(byte[] digest, int part) {
        int at = part * 4;
        return (digest[at + 3] & 0xFFL) << 24
                | (digest[at + 2] & 0xFFL) << 16
                | (digest[at + 1] & 0xFFL) << 8
                | (digest[at] & 0xFFL);
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
