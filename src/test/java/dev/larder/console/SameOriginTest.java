package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What browsers say of the page that sends a request. */
class SameOriginTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://shop.example      |             | shop.example      | false",
                "http://shop.example:80   |             | shop.example      | false",
                "http://shop.example      |             | shop.example:80   | false",
                "http://Shop.Example:8080 |             | shop.example:8080 | false",
                "http://shop.example      | same-origin | shop.example      | false",
                "http://[::1]:8080        |             | [::1]:8080        | false",
                "https://shop.example     |             | shop.example      | true",
                "https://shop.example:443 | same-origin | shop.example      | true",
                "                         | same-origin | shop.example      | true",
                // a proxy has ended TLS
                "https://shop.example     |             | shop.example      | false"
            })
    void a_page_of_the_same_host(String origin, String site, String host, boolean secure) {
        assertThat(sent(origin, site, host, secure)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                              |             | shop.example      | false",
                "null                          |             | shop.example      | false",
                "null                          | same-origin | shop.example      | false",
                "http://shop.example           |             |                   | false",
                "http://shop.example           |             | shop.example      | true",
                "http://shop.example           | none        | shop.example      | false",
                "http://shop.example           | same-site   | shop.example      | false",
                "http://shop.example           | cross-site  | shop.example      | false",
                "                              | cross-site  | shop.example      | false",
                "http://other.example          | same-origin | shop.example      | false",
                "http://other.example          |             | shop.example      | false",
                "http://shop.example.other     |             | shop.example      | false",
                "http://other.shop.example     |             | shop.example      | false",
                "http://shop.example:8080      |             | shop.example      | false",
                "http://shop.example           |             | shop.example:8080 | false",
                "http://shop.example:443       |             | shop.example      | false",
                "https://shop.example:80       |             | shop.example      | false",
                "http://shop.example@other     |             | shop.example      | false",
                "http://other/shop.example     |             | shop.example      | false",
                "ftp://shop.example            |             | shop.example      | false",
                "shop.example                  |             | shop.example      | false",
                "http://                       |             | shop.example      | false"
            })
    void any_other_page_or_no_browser(String origin, String site, String host, boolean secure) {
        assertThat(sent(origin, site, host, secure)).isFalse();
    }

    private static boolean sent(String origin, String site, String host, boolean secure) {
        Map<String, String> fields = new HashMap<>();
        fields.put("Origin", origin);
        fields.put("Sec-Fetch-Site", site);
        fields.put("Host", host);
        return SameOrigin.sent(
                GivenRequest.of("POST", "/clear").fields(fields).secure(secure).request());
    }
}
