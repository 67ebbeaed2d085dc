package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.gzip;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /tlsrpt as senders meet it (RFC 8460, section 5.4). */
class IntakeIT {
    private final SealpostProcess sealpost = SharedSealpost.get();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/tlsrpt+gzip",
                "application/tlsrpt+json",
                "APPLICATION/TLSRPT+GZIP; charset=utf-8",
                "application/json",
                "text/plain",
                "no media type at all"
            })
    void theBytesDecideAndNotTheMediaType(String mediaType) {
        String json = report("Habits", "media-" + mediaType, "media.example", "2026-11-01", 1, 0);
        for (byte[] body : new byte[][] {json.getBytes(StandardCharsets.UTF_8), gzip(json), gzip(gzip(json))}) {
            HttpResponse<String> answer = sealpost.post(body, "Content-Type", mediaType);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(Answers.json(answer).path("status").asText()).isEqualTo("accepted");
            assertThat(Answers.json(answer).path("receipt").asText()).hasSize(36);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate, gzip", "identity"})
    void contentEncodingIsOnlyAHint(String encoding) {
        byte[] body = gzip(report("Habits", "encoding-" + encoding, "encoding.example", "2026-11-01", 1, 0));
        assertThat(sealpost.post(body, "Content-Encoding", encoding).statusCode())
                .isEqualTo(200);
    }

    static Stream<String> noReports() {
        return Stream.of("", "   ", "hello", "{}", "[]", "{\"report-id\":\"x\"}", "<xml/>", "{\"report-id\":");
    }

    @ParameterizedTest
    @MethodSource("noReports")
    void bytesWithoutAReportAreAClearProblem(String body) {
        HttpResponse<String> answer = sealpost.post(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(Answers.json(answer).path("type").asText()).startsWith("urn:sealpost:problem:");
        assertThat(Answers.json(answer).path("status").asInt()).isEqualTo(400);
        assertThat(Answers.json(answer).path("detail").asText()).isNotBlank();
    }

    @Test
    void aTruncatedGzipIsNamed() {
        byte[] whole = gzip(report("Habits", "cut", "cut.example", "2026-11-01", 1, 0));
        HttpResponse<String> answer = sealpost.post(Arrays.copyOf(whole, whole.length - 9));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Answers.json(answer).path("type").asText()).isEqualTo("urn:sealpost:problem:truncated");
    }

    @Test
    void aBodyOverTheLimitIs413WithoutBeingReadToItsEnd() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sealpost.port())) {
            socket.getOutputStream()
                    .write("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 413")
                    .as("and the connection is closed")
                    .contains("urn:sealpost:problem:too-large");
        }
    }

    @Test
    void aChunkedBodyOverTheLimitIs413() {
        byte[] noise = new byte[11 << 20];
        new Random(1).nextBytes(noise);
        HttpResponse<String> answer = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/tlsrpt"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(noise))));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void tenMegabytesAreTaken() {
        String padding = " ".repeat((10 << 20) - 2_000);
        String json = report("Habits", "ten", "ten.example", "2026-11-01", 1, 0) + padding;
        assertThat(sealpost.post(json).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void otherMethodsAre405(String method) {
        for (String path : new String[] {"/tlsrpt", "/tlsrpt/", "/tlsrpt/some-key"}) {
            HttpResponse<String> answer = sealpost.send(
                    HttpRequest.newBuilder(sealpost.uri(path)).method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("allow")).hasValue("POST");
        }
    }

    @Test
    void optionsAndHeadAnswerWithoutABody() {
        HttpResponse<String> options = sealpost.send(
                HttpRequest.newBuilder(sealpost.uri("/tlsrpt")).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("allow")).hasValue("POST");
        HttpResponse<String> head = sealpost.send(
                HttpRequest.newBuilder(sealpost.uri("/tlsrpt")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(405);
    }

    @Test
    void anUnknownKeyIs404AndIsNeverLogged() {
        HttpResponse<String> answer = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/tlsrpt/secret-canary-1"))
                .POST(HttpRequest.BodyPublishers.ofString("x")));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("urn:sealpost:problem:unknown-key").doesNotContain("secret-canary");
        assertThat(sealpost.output()).doesNotContain("secret-canary");
        assertThat(sealpost.getManagement("/q/metrics").body()).doesNotContain("secret-canary");
    }

    @Test
    void aTrailingSlashIsNoRedirect() {
        HttpResponse<String> answer = sealpost.send(HttpRequest.newBuilder(sealpost.uri("/tlsrpt/"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        report("Habits", "slash", "slash.example", "2026-11-01", 1, 0))));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void httpOneZeroAndExpectContinueWork() throws IOException {
        String json = report("Habits", "old", "old.example", "2026-11-01", 1, 0);
        assertThat(raw("POST /tlsrpt HTTP/1.0\r\nContent-Length: " + json.length() + "\r\n\r\n", json))
                .startsWith("HTTP/1.0 200");
        assertThat(raw(
                        "POST /tlsrpt HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: "
                                + json.length() + "\r\n\r\n",
                        json))
                .startsWith("HTTP/1.1 100 Continue")
                .contains("HTTP/1.1 200");
    }

    private String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sealpost.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            String interim = "";
            if (head.contains("Expect")) {
                interim = new String(in.readNBytes(25), StandardCharsets.US_ASCII);
            }
            out.write(body.getBytes(StandardCharsets.UTF_8));
            return interim + new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
