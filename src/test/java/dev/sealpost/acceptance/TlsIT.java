package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.gzip;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** HTTPS as the product serves it itself. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsIT {
    private static final Path DIRECTORY = SharedSealpost.temporaryDirectory();
    private static final Path CERTIFICATE = DIRECTORY.resolve("server.crt");
    private static final Path KEY = DIRECTORY.resolve("server.key");
    private static final int PORT = SealpostProcess.freePort();

    private static SealpostProcess sealpost;

    private static Map<String, String> settings() {
        return Map.of(
                "SEALPOST_TLS_CERTIFICATE",
                CERTIFICATE.toString(),
                "SEALPOST_TLS_KEY",
                KEY.toString(),
                "QUARKUS_HTTP_SSL_PORT",
                String.valueOf(PORT),
                "QUARKUS_HTTP_INSECURE_REQUESTS",
                "disabled",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED",
                "true",
                "QUARKUS_LOG_CATEGORY__IO_QUARKUS_HTTP_ACCESS_LOG__LEVEL",
                "INFO");
    }

    private static void serve(Certificates.Pair pair) {
        Certificates.replace(KEY, pair.key());
        Certificates.replace(CERTIFICATE, pair.certificate());
    }

    @BeforeAll
    static void start() {
        serve(Certificates.ecdsa(DIRECTORY, "first"));
        sealpost = SealpostProcess.start(DIRECTORY.resolve("data"), settings());
    }

    @AfterAll
    static void stop() {
        sealpost.close();
    }

    private static String openssl(String... options) {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_client", "-connect", "127.0.0.1:" + PORT, "-servername", "localhost"));
        command.addAll(List.of(options));
        return CommandLine.run(new byte[0], command.toArray(String[]::new));
    }

    @Test
    @Order(1)
    void oldVersionsAreRefused() {
        assertThat(openssl("-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0")).contains("alert protocol version");
        assertThat(openssl("-tls1", "-cipher", "DEFAULT:@SECLEVEL=0")).contains("alert protocol version");
        assertThat(openssl("-tls1_2")).contains("Protocol  : TLSv1.2", "ECDHE-ECDSA");
        assertThat(openssl("-tls1_3")).contains("New, TLSv1.3");
    }

    @Test
    @Order(1)
    void http2IsNegotiated() {
        assertThat(openssl("-alpn", "h2,http/1.1")).contains("ALPN protocol: h2");
        assertThat(openssl("-alpn", "http/1.1")).contains("ALPN protocol: http/1.1");
        String answer = CommandLine.run(
                gzip(report("Tls", "curl", "tls.example", "2026-11-01", 1, 0)),
                "curl",
                "--silent",
                "--include",
                "--cacert",
                CERTIFICATE.toString(),
                "--data-binary",
                "@-",
                "https://localhost:" + PORT + "/tlsrpt");
        assertThat(answer).contains("HTTP/2 200", "strict-transport-security: max-age=", "\"accepted\"");
    }

    @Test
    @Order(1)
    void thePlainPortCanBeSwitchedOff() {
        assertThat(Awaitility.await()
                        .until(
                                () -> {
                                    try (Socket socket =
                                            new Socket(InetAddress.getLoopbackAddress(), sealpost.port())) {
                                        return socket.isConnected();
                                    } catch (IOException refused) {
                                        return false;
                                    }
                                },
                                open -> !open))
                .isFalse();
    }

    @Test
    @Order(1)
    void theAccessLogHasNoKeys() throws Exception {
        try (HttpClient client = client()) {
            for (String path :
                    List.of("/tlsrpt/canary", "/TLSRPT/canary", "//tlsrpt/canary", "/%74lsrpt/canary", "/elsewhere")) {
                client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + PORT + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
        Awaitility.await().until(() -> sealpost.output().contains("GET /elsewhere"));
        assertThat(sealpost.output()).doesNotContain("canary");
    }

    @Test
    @Order(1)
    void aHandshakeThatTricklesIsCut() throws IOException {
        try (RawClient client = new RawClient(PORT)) {
            // The beginning of a TLS record that never ends.
            client.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3});
            long begin = System.nanoTime();
            client.untilClosed();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        }
    }

    @Test
    @Order(2)
    void aNewCertificateIsServedWithoutAFailedRequest() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger posted = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        List<Thread> posters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean connectsAnew = i % 2 == 0;
            posters.add(Thread.ofPlatform().start(() -> post(connectsAnew, stopped, posted, failures)));
        }
        try {
            Certificates.Pair second = Certificates.ecdsa(DIRECTORY, "second");
            serve(second);
            awaitName("CN=second");

            int before = posted.get();
            Files.writeString(CERTIFICATE, "-----BEGIN CERTIFICATE-----\nMIIB");
            awaitComplaint("cannot be used", 1);
            assertThat(servedName()).isEqualTo("CN=second");
            Certificates.replace(
                    CERTIFICATE, Certificates.ecdsa(DIRECTORY, "stranger").certificate());
            awaitComplaint("the key does not belong to the certificate", 1);
            Files.delete(KEY);
            awaitComplaint("cannot read " + KEY, 1);
            assertThat(servedName()).isEqualTo("CN=second");
            assertThat(posted.get()).isGreaterThan(before);

            serve(Certificates.make(DIRECTORY, "third", "-newkey", "rsa:2048"));
            awaitName("CN=third");
        } finally {
            stopped.set(true);
            for (Thread poster : posters) {
                poster.join(Duration.ofSeconds(20));
            }
        }
        assertThat(failures).isEmpty();
        assertThat(posted.get()).isGreaterThan(50);
    }

    private static void awaitName(String name) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> servedName().equals(name));
    }

    private static void awaitComplaint(String text, int times) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sealpost.output().split(Pattern.quote(text), -1).length > times);
    }

    private static String servedName() throws IOException, GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), PORT)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static void post(
            boolean connectsAnew, AtomicBoolean stopped, AtomicInteger posted, Queue<String> failures) {
        HttpClient client = client();
        while (!stopped.get()) {
            String id = "swap-" + posted.incrementAndGet();
            try {
                int status = client.send(
                                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + PORT + "/tlsrpt"))
                                        .timeout(Duration.ofSeconds(20))
                                        .POST(HttpRequest.BodyPublishers.ofString(
                                                report("Tls", id, "tls.example", "2026-11-01", 1, 0)))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode();
                if (status != 200) {
                    failures.add(id + " " + status);
                }
            } catch (IOException e) {
                failures.add(id + " " + e);
            } catch (InterruptedException e) {
                return;
            }
            if (connectsAnew) {
                client.close();
                client = client();
            }
        }
        client.close();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().sslContext(trusting()).build();
    }

    /** Trusts everybody: what is looked at is which certificate came. */
    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    @Order(3)
    void aStartWithoutUsableFilesSaysSo() {
        Path data = SharedSealpost.temporaryDirectory().resolve("data");
        Certificates.Pair one = Certificates.ecdsa(DIRECTORY, "one");
        Certificates.Pair two = Certificates.ecdsa(DIRECTORY, "two");
        refused(data, Map.of("SEALPOST_TLS_CERTIFICATE", one.certificate().toString()), "set both or not at all");
        refused(
                data,
                Map.of(
                        "SEALPOST_TLS_CERTIFICATE",
                        "/nowhere.pem",
                        "SEALPOST_TLS_KEY",
                        one.key().toString()),
                "Cannot read /nowhere.pem for SEALPOST_TLS_CERTIFICATE");
        refused(
                data,
                Map.of(
                        "SEALPOST_TLS_CERTIFICATE", one.certificate().toString(),
                        "SEALPOST_TLS_KEY", two.key().toString()),
                "the key does not belong to the certificate");
    }

    private static void refused(Path data, Map<String, String> settings, String message) {
        try (SealpostProcess process = SealpostProcess.launch(data, settings)) {
            assertThat(process.await(60)).isTrue();
            assertThat(process.exitCode()).as(process.output()).isEqualTo(2);
            assertThat(process.output()).contains(message);
        }
    }
}
