package dev.sealpost.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.sealpost.intake.mailbox.TestCertificate;
import dev.sealpost.outbound.Outbound.Chooser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS is verified against the name that was asked for, at the address that was checked. */
class OutboundTlsTest {
    @TempDir
    static Path temp;

    private static TestCertificate fixture;

    private final OutboundForTests.Known names =
            new OutboundForTests.Known().with("hook.example", "127.0.0.1").with("other.example", "127.0.0.1");

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        fixture = TestCertificate.of(temp, "hook.example");
    }

    private Reply post(Outbound outbound, String name, HostileServer server) throws OutboundException {
        return outbound.post(
                Target.parse("https://" + name + ":" + server.port() + "/"), Map.of(), new byte[0], new Chooser(null));
    }

    private HostileServer server() throws IOException {
        ServerSocket socket = fixture.context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        return new HostileServer(socket, (it, out) -> it.say(out, "HTTP/1.1 204 No\r\n\r\n"));
    }

    @Test
    void aTrustedCertificateForTheNameIsTaken() throws Exception {
        Outbound trusting = OutboundForTests.with(names, Optional.of(fixture.certificate()), "127.0.0.0/8");
        try (HostileServer server = server()) {
            assertThat(post(trusting, "hook.example", server).status()).isEqualTo(204);
        }
    }

    @Test
    void anotherNamesCertificateIsRefused() throws Exception {
        Outbound trusting = OutboundForTests.with(names, Optional.of(fixture.certificate()), "127.0.0.0/8");
        try (HostileServer server = server()) {
            assertThatThrownBy(() -> post(trusting, "other.example", server))
                    .hasMessageContaining("certificate that is not trusted for this name");
            assertThatThrownBy(() -> post(trusting, "127.0.0.1", server))
                    .hasMessageContaining("certificate that is not trusted for this name");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        Outbound usual = OutboundForTests.with(names, Optional.empty(), "127.0.0.0/8");
        try (HostileServer server = server()) {
            assertThatThrownBy(() -> post(usual, "hook.example", server))
                    .hasMessageContaining("certificate that is not trusted for this name");
        }
    }

    @Test
    void aHandshakeThatNeverComesIsLeft() throws Exception {
        Outbound usual = OutboundForTests.with(names, Optional.empty(), "127.0.0.0/8");
        try (HostileServer server = new HostileServer((it, out) -> TimeUnit.SECONDS.sleep(60))) {
            assertThatThrownBy(() -> post(usual, "hook.example", server)).isInstanceOf(OutboundException.class);
        }
    }

    @Test
    void aFileWithoutCertificatesStopsTheStart() throws IOException {
        Path none = Files.writeString(temp.resolve("none.pem"), "no certificate");
        assertThatThrownBy(() -> OutboundForTests.with(names, Optional.of(none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sealpost.outbound.trust");
    }
}
