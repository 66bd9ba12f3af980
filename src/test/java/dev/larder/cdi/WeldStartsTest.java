package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;

/** A container starts in a unit test: if this fails, the class path is wrong, not the extension. */
@EnableWeld
class WeldStartsTest {

    @WeldSetup
    WeldInitiator weld = WeldInitiator.of(Greeter.class);

    @Inject
    Greeter greeter;

    @Test
    void a_bean_is_injected() {
        assertThat(greeter.greet()).isEqualTo("hello");
    }

    @ApplicationScoped
    static class Greeter {
        String greet() {
            return "hello";
        }
    }
}
