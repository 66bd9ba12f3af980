package dev.larder.scenario;

import static dev.larder.scenario.ServerUser.ANN;
import static dev.larder.scenario.ServerUser.BEN;
import static dev.larder.scenario.ServerUser.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.scenario.Site.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of the server, who sign in: by roles on a session bean ({@code readers}) and on a path ({@code guarded}). */
@ExtendWith(ArquillianExtension.class)
class SignedInIT {

    @ArquillianResource
    private URI base;

    private Site site;

    @Deployment(testable = false)
    static WebArchive application() {
        return Wars.war("signed-in", SignedInApp.class, ReadersResource.class)
                .setWebXML(new StringAsset(SignedInApp.WEB_XML))
                .addAsWebInfResource(new StringAsset(SignedInApp.GLASSFISH_WEB_XML), "glassfish-web.xml");
    }

    @BeforeEach
    void visit() {
        site = new Site(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readers/authenticated", "guarded/authenticated", "readers/public", "guarded/public"})
    void only_who_has_the_role_gets_an_answer_even_a_stored_one(String resource) throws Exception {
        String path = Site.fresh("api/" + resource);
        refusesOthers(path, "run");

        Answer first = get(path, ANN);
        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.fromCache()).isFalse();
        Answer hit = get(path, BEN);
        assertThat(hit.fromCache()).as("%s", hit).isTrue();
        assertThat(hit.text()).isEqualTo(first.text()).startsWith("ann");

        refusesOthers(path, first.text());
        assertThat(get(path, BEN).fromCache()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"readers", "guarded"})
    void by_default_nothing_is_stored_for_who_is_signed_in(String resource) throws Exception {
        String path = Site.fresh("api/" + resource + "/default");
        Answer first = get(path, ANN);
        Answer second = get(path, ANN);

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(second.fromCache()).as("%s", second).isFalse();
        assertThat(second.text()).startsWith("ann").isNotEqualTo(first.text());
        assertThat(get(path, BEN).text()).startsWith("ben");
        refusesOthers(path, "run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"readers", "guarded"})
    void with_the_scope_user_each_has_an_entry_of_his_own(String resource) throws Exception {
        String path = Site.fresh("api/" + resource + "/user");
        String ofAnn = get(path, ANN).text();
        Answer ofBen = get(path, BEN);

        assertThat(ofAnn).startsWith("ann");
        assertThat(ofBen.fromCache()).as("%s", ofBen).isFalse();
        assertThat(ofBen.text()).startsWith("ben");
        for (ServerUser user : new ServerUser[] {ANN, BEN}) {
            Answer hit = get(path, user);
            assertThat(hit.fromCache()).as("%s", hit).isTrue();
            assertThat(hit.text()).isEqualTo(user == ANN ? ofAnn : ofBen.text());
        }
        refusesOthers(path, "run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"readers", "guarded"})
    void a_session_is_its_users(String resource) throws Exception {
        String path = Site.fresh("api/" + resource + "/user");
        String ofAnn = get(path, ANN).text();
        Answer hit = site.get(path, "Cookie", session(ANN));
        Answer ofBen = site.get(path, "Cookie", session(BEN));

        assertThat(hit.fromCache()).as("%s", hit).isTrue();
        assertThat(hit.text()).isEqualTo(ofAnn);
        assertThat(ofBen.fromCache()).as("%s", ofBen).isFalse();
        assertThat(ofBen.text()).startsWith("ben");
    }

    @ParameterizedTest
    @ValueSource(strings = {"readers", "guarded"})
    void by_default_nothing_is_stored_for_a_session_either(String resource) throws Exception {
        String path = Site.fresh("api/" + resource + "/default");
        String session = session(ANN);
        Answer first = site.get(path, "Cookie", session);
        Answer second = site.get(path, "Cookie", session);

        assertThat(first.text()).as("%s", first).startsWith("ann");
        assertThat(second.fromCache()).as("%s", second).isFalse();
        assertThat(second.text()).startsWith("ann").isNotEqualTo(first.text());
        assertThat(site.get(path, "Cookie", session(BEN)).text()).startsWith("ben");
    }

    private Answer get(String path, ServerUser user) throws Exception {
        return site.get(path, "Authorization", user.authorization());
    }

    /** The field {@code Cookie} of a session that a user has begun. */
    private String session(ServerUser user) throws Exception {
        Answer login = site.get("login?user=" + user.principal() + "&password="
                + URLEncoder.encode(user.password(), StandardCharsets.UTF_8));
        assertThat(login.text()).as("%s", login).isEqualTo(user.principal());
        return login.header("Set-Cookie").replaceFirst(";.*", "");
    }

    private void refusesOthers(String path, String secret) throws Exception {
        Answer nobody = site.get(path);
        Answer withoutRole = get(path, EVE);
        Answer liar = site.get(path, "Authorization", "Basic YW5uOmd1ZXNzZWQ=");

        assertThat(nobody.status()).as("%s", nobody).isEqualTo(401);
        assertThat(withoutRole.status()).as("%s", withoutRole).isEqualTo(403);
        assertThat(liar.status()).as("%s", liar).isEqualTo(401);
        for (Answer refused : new Answer[] {nobody, withoutRole, liar}) {
            assertThat(refused.fromCache()).as("%s", refused).isFalse();
            assertThat(refused.text()).doesNotContain(secret);
        }
    }
}
