package dev.sealpost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @Test
    void anAddressIsTakenApart() {
        assertThat(Target.parse("https://Hooks.Example.org./in?a=%20b"))
                .isEqualTo(new Target(true, "hooks.example.org", 443, "/in?a=%20b"));
        assertThat(Target.parse("http://[2001:db8::1]:8080")).isEqualTo(new Target(false, "2001:db8::1", 8080, "/"));
    }

    @Test
    void theOriginHoldsNoSecret() {
        assertThat(Target.parse("https://hooks.example.org/T0/B0/secret?token=1")
                        .origin())
                .isEqualTo("https://hooks.example.org");
        assertThat(Target.parse("http://[2001:db8::1]:8080/x").origin()).isEqualTo("http://[2001:db8::1]:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org:70/_x",
                "https:///x",
                "https://user:pw@example.org/",
                "https://example.org@127.0.0.1/",
                "https://example.org/#x",
                "https://example.org:0/",
                "https://example.org:99999/",
                "https://exa mple.org/",
                "https://example.org/a\r\nX: y",
                "https://exämple.org/",
                "jar:https://example.org/!/",
                "//example.org/",
                "https://example.org\\@127.0.0.1/",
                "https://-example.org/",
                "https:example.org"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> Target.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
