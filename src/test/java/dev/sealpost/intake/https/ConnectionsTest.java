package dev.sealpost.intake.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress SOURCE = InetAddress.ofLiteral("192.0.2.1");

    private final Networks proxies = Networks.parse("proxies", Optional.of(List.of("10.0.0.0/8")));
    private final Connections connections = new Connections(proxies, 40, 3);

    @Test
    void aSourceHasItsLimitAndAProxyHasNot() {
        for (int i = 0; i < 3; i++) {
            assertThat(connections.open(SOURCE)).isTrue();
        }
        assertThat(connections.open(SOURCE)).isFalse();
        assertThat(connections.open(InetAddress.ofLiteral("192.0.2.2"))).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(connections.open(PROXY)).isTrue();
        }
        connections.close(SOURCE);
        assertThat(connections.open(SOURCE)).isTrue();
        assertThat(connections.size()).isEqualTo(24);
    }

    @Test
    void oneWidePrefixCannotTakeMoreThanAQuarterOfAll() {
        int open = 0;
        for (int i = 1; i < 30; i++) {
            open += connections.open(InetAddress.ofLiteral("192.0.2." + i)) ? 1 : 0;
        }
        assertThat(open).isEqualTo(10);
        assertThat(connections.open(InetAddress.ofLiteral("192.0.3.1"))).isTrue();
    }

    @Test
    void theSumIsLimitedForAll() {
        for (int i = 0; i < 40; i++) {
            assertThat(connections.open(PROXY)).isTrue();
        }
        assertThat(connections.open(PROXY)).isFalse();
        assertThat(connections.open(SOURCE)).isFalse();
        connections.close(PROXY);
        assertThat(connections.open(SOURCE)).isTrue();
    }

    @Test
    void nothingIsKeptOfSourcesThatLeft() {
        assertThat(connections.open(SOURCE)).isTrue();
        connections.close(SOURCE);
        assertThat(connections.sources()).isZero();
        assertThat(connections.size()).isZero();
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> new Connections(proxies, 40, 0))
                .hasMessageStartingWith("sealpost.intake.max-connections-per-source");
    }
}
