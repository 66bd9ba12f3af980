package dev.larder.http;

import static dev.larder.http.Given.NOW;
import static dev.larder.http.Given.fromResponse;
import static dev.larder.http.Given.get;
import static dev.larder.http.Given.getBy;
import static dev.larder.http.Given.keyedBy;
import static dev.larder.http.Given.ok;
import static dev.larder.http.Given.overridden;
import static dev.larder.http.Given.request;
import static dev.larder.http.Given.response;
import static dev.larder.http.Given.reuse;
import static dev.larder.http.Given.scoped;
import static dev.larder.http.Given.storability;
import static dev.larder.http.Given.stored;
import static dev.larder.http.Given.storedFields;
import static dev.larder.http.Given.veto;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.http.ResponseFacts.Completion;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 §3: what may be stored, and of it what. */
class Rfc9111Section3Test {

    @Test
    void a_plain_200_to_a_get_is_stored() {
        assertThat(veto(storability("Content-Type", "text/plain"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get", "Get", ""})
    void other_methods_than_get_and_head_bypass_and_are_not_stored(String method) {
        RequestCacheability cacheability = RequestCacheability.of(CachingRules.DEFAULT, request(method));

        assertThat(cacheability).isEqualTo(new RequestCacheability.Bypass(Reason.METHOD));
        assertThat(veto(Storability.of(CachingRules.DEFAULT, request(method), ok())))
                .isEqualTo(Reason.METHOD);
    }

    @ParameterizedTest
    @CsvSource({"GET, POST", "POST, GET", "DELETE, POST", "GET, PUT", "HEAD, GET", "HEAD, POST"})
    void an_overridden_method_bypasses_and_is_not_stored(String method, String wireMethod) {
        RequestFacts request = overridden(method, wireMethod);

        assertThat(RequestCacheability.of(CachingRules.DEFAULT, request).reason())
                .isEqualTo(Reason.METHOD_OVERRIDE);
        assertThat(veto(Storability.of(CachingRules.DEFAULT, request, ok()))).isEqualTo(Reason.METHOD_OVERRIDE);
    }

    @ParameterizedTest
    @CsvSource({"HEAD, HEAD", "GET, HEAD"})
    void a_head_is_looked_up_and_not_stored_also_where_the_server_shows_it_as_a_get(String method, String wireMethod) {
        RequestCacheability cacheability = RequestCacheability.of(CachingRules.DEFAULT, overridden(method, wireMethod));

        assertThat(cacheability).isEqualTo(new RequestCacheability.LookUpOnly(Reason.METHOD));
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, websocket, UPGRADE",
        "Upgrade, '', UPGRADE",
        "Accept, text/event-stream, EVENT_STREAM",
        "Accept, 'text/html, Text/Event-Stream;q=0.5', EVENT_STREAM"
    })
    void a_request_for_a_conversation_bypasses(String name, String value, Reason reason) {
        assertThat(RequestCacheability.of(CachingRules.DEFAULT, get(name, value)))
                .isEqualTo(new RequestCacheability.Bypass(reason));
    }

    @Test
    void a_get_with_a_body_bypasses() {
        RequestFacts request = new RequestFacts("GET", "GET", "http", "h", "/", null, Fields.EMPTY, null, true);

        assertThat(RequestCacheability.of(CachingRules.DEFAULT, request).reason())
                .isEqualTo(Reason.REQUEST_BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "If-None-Match", "If-Modified-Since", "Cookie", "Cache-Control", "Pragma"})
    void fields_that_do_not_matter_to_storing_do_not_hinder_it(String name) {
        assertThat(RequestCacheability.of(CachingRules.DEFAULT, get(name, "no-cache"))
                        .store())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {100, 103, 201, 203, 204, 206, 300, 301, 302, 304, 307, 308, 401, 404, 407, 410, 500, 503, 0, 999})
    void a_status_that_is_not_listed_is_not_stored(int status) {
        assertThat(veto(storability(response(status)))).isEqualTo(Reason.STATUS);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 206, 304, 401, 407, 600, 0, -1})
    void a_status_that_can_never_be_stored_is_not_although_it_is_listed(int status) {
        CachingRules rules = new CachingRules(Scope.PUBLIC, Set.of(status), true, true, Set.of());

        assertThat(rules.permits(status)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 404, 410, 451, 500, 599})
    void any_final_status_is_stored_with_any_status_and_a_lifetime_of_its_own(int status) {
        ResponseFacts response = response(status, "Cache-Control", "max-age=60");

        assertThat(veto(Storability.of(fromResponse(), get(), response))).isNull();
    }

    @Test
    void any_status_without_a_lifetime_from_the_response_stores_only_what_is_listed() {
        CachingRules rules = new CachingRules(Scope.PUBLIC, Set.of(200), true, false, Set.of());

        assertThat(rules.permits(404)).isFalse();
        assertThat(rules.permits(200)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"MAPPED_EXCEPTION", "INCOMPLETE", "OVERSIZED"})
    void an_incomplete_response_is_not_stored(Completion completion) {
        ResponseFacts response = new ResponseFacts(200, Fields.EMPTY, false, completion, 10, NOW);

        assertThat(veto(storability(response))).isIn(Reason.EXCEPTION, Reason.INCOMPLETE, Reason.BODY_SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "11", "", "ten", "-10", "10, 10", "10, 11", "99999999999999999999", "0x0a"})
    void a_content_length_that_is_not_the_bodys_is_not_stored(String length) {
        assertThat(veto(storability("Content-Length", length))).isEqualTo(Reason.CONTENT_LENGTH);
    }

    @Test
    void a_content_length_that_is_the_bodys_is_stored_but_not_kept() {
        Storability storability = storability("Content-Length", "10");

        assertThat(storedFields(storability)).isEqualTo(Fields.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Set-Cookie", "set-cookie", "SET-COOKIE", "Set-Cookie2"})
    void a_response_that_sets_a_cookie_is_not_stored(String name) {
        assertThat(veto(storability(name, "a=b"))).isEqualTo(Reason.SET_COOKIE);
    }

    @Test
    void a_cookie_or_session_of_the_servlet_api_hinders_storing() {
        ResponseFacts response = new ResponseFacts(200, Fields.EMPTY, true, Completion.COMPLETE, 10, NOW);

        assertThat(veto(storability(response))).isEqualTo(Reason.SET_COOKIE);
    }

    @Test
    void a_cookie_is_no_less_one_for_being_named_by_no_cache_or_connection() {
        assertThat(veto(storability("Set-Cookie", "a=b", "Cache-Control", "no-cache=\"Set-Cookie\"")))
                .isEqualTo(Reason.SET_COOKIE);
        assertThat(veto(storability("Set-Cookie", "a=b", "Connection", "Set-Cookie")))
                .isEqualTo(Reason.SET_COOKIE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WWW-Authenticate", "Authentication-Info", "authentication-info"})
    void a_challenge_is_not_stored(String name) {
        assertThat(veto(storability(name, "Basic"))).isEqualTo(Reason.AUTHENTICATION);
    }

    @Test
    void server_sent_events_are_not_stored() {
        assertThat(veto(storability("Content-Type", "text/event-stream;charset=utf-8")))
                .isEqualTo(Reason.EVENT_STREAM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nSet-Cookie: b=c",
                "a\nb",
                "a\rb",
                "a\u0000b",
                "a\u007Fb",
                "a\u001Fb",
                "a\u010Ab",
                "a\u560D\u560Ab"
            })
    void a_value_that_could_break_the_message_apart_is_not_stored(String value) {
        assertThat(veto(storability("X-Title", value))).isEqualTo(Reason.MALFORMED_FIELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "ü", "a\u0000"})
    void a_name_that_is_no_token_is_not_stored(String name) {
        assertThat(veto(storability(name, "value"))).isEqualTo(Reason.MALFORMED_FIELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "Bücher", "\u0141\u00F3d\u017A", "\"quoted\""})
    void tabs_and_letters_beyond_ascii_are_stored(String value) {
        assertThat(storedFields(storability("X-Title", value)).lines("X-Title")).containsExactly(value);
    }

    @Test
    void field_lines_beyond_the_limit_are_not_stored() {
        assertThat(veto(storability("X", "x".repeat(40_000)))).isEqualTo(Reason.FIELDS_SIZE);
    }

    @Test
    void control_characters_from_a_tampered_store_never_come_out() {
        StoredResponse tampered = stored("ETag", "\"a\"", "X", "a\r\nSet-Cookie: b=c", "b\n", "c", "Y", "\u010A");

        assertThat(tampered.fields()).isEqualTo(Fields.of("ETag", "\"a\""));
    }

    // §3.1

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Proxy-Authenticate",
                "Proxy-Authentication-Info",
                "Proxy-Authorization",
                "proxy-authorization",
                "Date",
                "Age"
            })
    void fields_of_one_connection_proxy_or_message_are_not_kept(String name) {
        assertThat(storedFields(storability("X", "1", name, "y"))).isEqualTo(Fields.of("X", "1"));
    }

    @Test
    void fields_named_in_connection_are_not_kept_in_any_case_on_any_line() {
        Storability storability = storability(
                "Connection", "close, X-one", "connection", " x-TWO ,", "X-One", "1", "X-Two", "2", "X-Three", "3");

        assertThat(storedFields(storability)).isEqualTo(Fields.of("X-Three", "3"));
    }

    @Test
    void a_vary_named_in_connection_stays_in_force() {
        Storability storability = storability("Connection", "Vary", "Vary", "X-Tenant");

        assertThat(((Storability.Storable) storability).vary().names()).containsExactly("x-tenant");
        assertThat(storedFields(storability).first("Vary")).isEqualTo("x-tenant");
    }

    @Test
    void all_lines_of_other_fields_are_kept_in_their_order() {
        Fields fields =
                Fields.of("Link", "<a>", "X", "1", "link", "<b>", "Cache-Control", "max-age=1", "ETag", "W/\"x\"");

        assertThat(storedFields(storability(new ResponseFacts(200, fields, false, Completion.COMPLETE, -1, NOW))))
                .isEqualTo(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "null", "", "*, https://a.example"})
    void an_allowed_origin_without_vary_is_not_kept(String origin) {
        assertThat(storedFields(storability("Access-Control-Allow-Origin", origin)))
                .isEqualTo(Fields.EMPTY);
    }

    @Test
    void an_allowed_origin_is_kept_if_it_is_all_or_vary_names_it() {
        String name = "Access-Control-Allow-Origin";

        assertThat(storedFields(storability(name, " * ")).contains(name)).isTrue();
        assertThat(storedFields(storability(name, "https://a.example", "Vary", "origin"))
                        .contains(name))
                .isTrue();
        Storability keyed = Storability.of(keyedBy("Origin"), get(), ok(name, "https://a.example"));
        assertThat(storedFields(keyed)).isEqualTo(Fields.of(name, "https://a.example", "Vary", "Origin"));
    }

    // §3.5

    @Test
    void a_request_with_credentials_is_not_stored_and_not_served() {
        RequestFacts withField = get("Authorization", "Basic x");
        RequestFacts withPrincipal = getBy("alice");

        for (RequestFacts request : new RequestFacts[] {withField, withPrincipal}) {
            assertThat(veto(Storability.of(CachingRules.DEFAULT, request, ok())))
                    .isEqualTo(Reason.AUTHORIZATION);
            assertThat(reuse(request, stored())).isEqualTo(new ReuseDecision.Bypass(Reason.AUTHORIZATION));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "PUBLIC", "s-maxage=5", "must-revalidate", "max-age=5, Must-Revalidate"})
    void a_request_with_credentials_shares_what_permits_it(String directives) {
        RequestFacts request = getBy("alice", "Authorization", "Basic x");

        assertThat(veto(Storability.of(CachingRules.DEFAULT, request, ok("Cache-Control", directives))))
                .isNull();
        assertThat(reuse(request, stored("Cache-Control", directives))).isInstanceOf(ReuseDecision.Full.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"max-age=5", "x=\"public\"", "publicity", "x=public", "proxy-revalidate", "must-understand"})
    void a_request_with_credentials_does_not_share_what_does_not_say_so(String directives) {
        RequestFacts request = get("Authorization", "Basic x");

        assertThat(veto(Storability.of(CachingRules.DEFAULT, request, ok("Cache-Control", directives))))
                .isEqualTo(Reason.AUTHORIZATION);
        assertThat(reuse(request, stored("Cache-Control", directives)))
                .isEqualTo(new ReuseDecision.Bypass(Reason.AUTHORIZATION));
    }

    @ParameterizedTest
    @EnumSource(names = {"USER", "AUTHENTICATED"})
    void a_scope_of_authenticated_callers_needs_a_principal(Scope scope) {
        assertThat(RequestCacheability.of(scoped(scope), get("Authorization", "Basic x")))
                .isEqualTo(new RequestCacheability.Bypass(Reason.NO_PRINCIPAL));
        assertThat(veto(Storability.of(scoped(scope), getBy("alice"), ok()))).isNull();
        assertThat(ReuseDecision.of(scoped(scope), getBy("alice"), stored(), NOW))
                .isInstanceOf(ReuseDecision.Full.class);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_private_is_stored_in_no_scope(Scope scope) {
        assertThat(veto(Storability.of(scoped(scope), getBy("alice"), ok("Cache-Control", "private"))))
                .isEqualTo(Reason.PRIVATE);
    }
}
