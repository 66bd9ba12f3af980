package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "redis://cache                          | cache:6379      | false | -      | -         | 0",
                "redis://10.0.0.5:6380                  | 10.0.0.5:6380   | false | -      | -         | 0",
                "redis://cache/3                        | cache:6379      | false | -      | -         | 3",
                "redis://cache/                         | cache:6379      | false | -      | -         | 0",
                "rediss://cache:6380/15                 | cache:6380      | true  | -      | -         | 15",
                "redis://:secret@cache                  | cache:6379      | false | -      | secret    | 0",
                "redis://user:secret@cache:1/2          | cache:1         | false | user   | secret    | 2",
                "redis://user:p@ss@cache                | cache:6379      | false | user   | p@ss      | 0",
                "redis://user:a:b@cache                 | cache:6379      | false | user   | a:b       | 0",
                "redis://u%40x:p%3Aq%2F%25+%C3%A4@cache | cache:6379      | false | u@x    | p:q/%+ä   | 0",
                "redis://user:kä/se@cache               | cache:6379      | false | user   | kä/se     | 0",
                "redis://user:@cache                    | cache:6379      | false | user   | ''        | 0",
                "redis://[::1]                          | [::1]:6379      | false | -      | -         | 0",
                "redis://user:x@[fe80::1]:7000/1        | [fe80::1]:7000  | false | user   | x         | 1",
                "/var/run/redis.sock                    | /var/run/redis.sock | false | -  | -         | 0",
                "unix:///var/run/redis.sock             | /var/run/redis.sock | false | -  | -         | 0",
                "unix://user:x@/run/redis.sock?db=4     | /run/redis.sock | false | user   | x         | 4",
            })
    void a_server_is_read(String text, String place, boolean tls, String user, String password, int database) {
        ServerAddress address = ServerAddress.parse(text);

        assertThat(address).hasToString(place);
        assertThat(address.tls()).isEqualTo(tls);
        assertThat(address.login()).isEqualTo(new ServerAddress.Login(user, password, database));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache:6379",
                "http://cache",
                "redis:cache",
                "redis://",
                "redis://:6379",
                "redis://cache:port",
                "redis://cache:0",
                "redis://cache:65536",
                "redis://cache:-1",
                "redis://cache:+1",
                "redis://cache:",
                "redis://cache/db",
                "redis://cache/-1",
                "redis://cache/1/2",
                "redis://cache?db=1",
                "redis://::1:6379",
                "redis://[::1",
                "redis://[::1]6379",
                "redis://[]:1",
                "redis://user@cache",
                "unix://relative.sock",
                "unix:///run/redis.sock?db=x",
                "",
            })
    void what_is_no_address_is_refused_and_shown(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected redis://[user[:password]@]host[:port][/db]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:secret@cache:port",
                "user:secret@cache",
                "redis://user:secret@",
                "redis://secret@cache",
                "redis://user:secret%@cache",
                "redis://user:secret%4@cache",
                "redis://user:secret%zz@cache",
                "redis://user:secret%ff@cache",
                "rediss://user:secret@more-secret@cache:x",
                "secret@",
            })
    void nothing_before_the_last_at_is_shown(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'***@")
                .hasMessageNotContaining("secret");
    }

    @Test
    void credentials_are_in_no_text() {
        assertThat(ServerAddress.parse("redis://user:secret@cache/2").login().toString())
                .doesNotContain("user", "secret");
    }
}
