package dev.larder.backend.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.spy.memcached.BinaryConnectionFactory;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.KetamaNodeKeyFormatter;
import net.spy.memcached.KetamaNodeLocator;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.util.DefaultKetamaNodeLocatorConfiguration;
import org.junit.jupiter.api.Test;

class RingTest {

    private static final List<ServerAddress> SERVERS = List.of(
            new ServerAddress("10.0.0.5", 11211, null),
            new ServerAddress("10.0.0.6", 11212, null),
            new ServerAddress("10.0.0.7", 11211, null));

    @Test
    void each_server_has_a_key_to_be_probed_by() {
        Ring ring = new Ring(SERVERS);
        for (int server = 0; server < SERVERS.size(); server++) {
            assertThat(ring.server(ring.keyOf(server))).isEqualTo(server);
        }
    }

    @Test
    void a_key_goes_where_libmemcacheds_ketama_puts_it() throws Exception {
        List<MemcachedNode> nodes = new ArrayList<>();
        for (ServerAddress server : SERVERS) {
            // ketama of another client, configured to name servers as libmemcached does
            nodes.add(new BinaryConnectionFactory()
                    .createMemcachedNode(
                            InetSocketAddress.createUnresolved(server.host(), server.port()),
                            SocketChannel.open(),
                            16));
        }
        KetamaNodeLocator ketama = new KetamaNodeLocator(
                nodes,
                DefaultHashAlgorithm.KETAMA_HASH,
                new DefaultKetamaNodeLocatorConfiguration(
                        new KetamaNodeKeyFormatter(KetamaNodeKeyFormatter.Format.LIBMEMCACHED)));
        Ring ring = new Ring(SERVERS);

        for (int i = 0; i < 10_000; i++) {
            String key = "p:1:key-" + i;
            assertThat(nodes.get(ring.server(key))).isSameAs(ketama.getPrimary(key));
        }
    }

    @Test
    void the_order_of_the_servers_does_not_matter() {
        Ring ring = new Ring(SERVERS);
        Ring reversed = new Ring(List.of(SERVERS.get(2), SERVERS.get(1), SERVERS.get(0)));

        for (int i = 0; i < 10_000; i++) {
            assertThat(reversed.server("key-" + i)).isEqualTo(2 - ring.server("key-" + i));
        }
    }

    @Test
    void every_server_has_its_share_and_one_more_moves_few_keys() {
        Ring three = new Ring(SERVERS);
        Ring two = new Ring(SERVERS.subList(0, 2));
        int[] shares = new int[3];
        IntStream.range(0, 30_000).forEach(i -> shares[three.server("key-" + i)]++);

        assertThat(shares[0]).isBetween(7_000, 13_000);
        assertThat(shares[1]).isBetween(7_000, 13_000);
        assertThat(shares[2]).isBetween(7_000, 13_000);
        for (int i = 0; i < 30_000; i++) {
            int now = three.server("key-" + i);
            if (now != 2) {
                assertThat(two.server("key-" + i)).isEqualTo(now);
            }
        }
    }

    @Test
    void one_server_has_every_key() {
        assertThat(new Ring(SERVERS.subList(0, 1)).server("key")).isZero();
    }
}
