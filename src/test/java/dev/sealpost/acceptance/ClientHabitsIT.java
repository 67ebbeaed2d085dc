package dev.sealpost.acceptance;

import static dev.sealpost.acceptance.Reports.gzip;
import static dev.sealpost.acceptance.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the table of habits in docs/intake.md, over a real socket. */
class ClientHabitsIT {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final SealpostProcess sealpost = SharedSealpost.get();

    /** A report that no other test sends. */
    private static String aReport() {
        return report("Habits", "habit-" + COUNTER.incrementAndGet(), "habits.example", "2026-11-01", 1, 0);
    }

    private static String head(String line, String... headers) {
        return line + "\r\n" + Stream.of(headers).map(header -> header + "\r\n").reduce("", String::concat) + "\r\n";
    }

    private static String length(String body) {
        return "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
    }

    private RawClient connect() throws IOException {
        return new RawClient(sealpost.port());
    }

    @Test
    void curlAsTlsrptReporterCallsIt() {
        String answer = CommandLine.run(
                gzip(aReport()),
                "curl",
                "--silent",
                "--header",
                "Content-Type: application/tlsrpt+gzip",
                "--data-binary",
                "@-",
                sealpost.uri("/tlsrpt").toString());
        assertThat(answer).startsWith("{\"status\":\"accepted\",\"receipt\":\"").endsWith("\"}");
    }

    @Test
    void curlWithALargeBodyWaitsForContinue() throws IOException {
        Path file = Files.createTempFile(SharedSealpost.temporaryDirectory(), "large", ".json");
        Files.writeString(file, aReport() + " ".repeat(2 << 20));
        String answer = CommandLine.run(
                new byte[0],
                "curl",
                "--silent",
                "--verbose",
                "--http1.1",
                "--header",
                "Expect: 100-continue",
                "--data-binary",
                "@" + file,
                sealpost.uri("/tlsrpt").toString());
        assertThat(answer).contains("< HTTP/1.1 100 Continue", "< HTTP/1.1 200 OK", "\"accepted\"");
    }

    @Test
    void expectContinueIsAnsweredBeforeTheBody() throws IOException {
        String json = aReport();
        try (RawClient client = connect()) {
            client.send(head("POST /tlsrpt HTTP/1.1", "Host: x", "Expect: 100-Continue", length(json)));
            assertThat(client.answer()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send(json).answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void expectContinueWithTooMuchIsRefusedBeforeTheBody() throws IOException {
        try (RawClient client = connect()) {
            client.send(head("POST /tlsrpt HTTP/1.1", "Host: x", "Expect: 100-continue", "Content-Length: 999999999"));
            assertThat(client.answer()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void chunksOfAnySizeWithoutLength() throws IOException {
        String json = aReport();
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            chunks.append("1\r\n").append(json.charAt(i)).append("\r\n");
        }
        try (RawClient client = connect()) {
            client.send(head("POST /tlsrpt HTTP/1.1", "Host: x", "Transfer-Encoding: chunked"));
            assertThat(client.send(chunks + "0\r\n\r\n").answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void httpOneZeroClosesUnlessAskedToKeepAlive() throws IOException {
        String json = aReport();
        try (RawClient client = connect()) {
            client.send(head("POST /tlsrpt HTTP/1.0", length(json)) + json);
            assertThat(client.untilClosed()).startsWith("HTTP/1.0 200");
        }
        try (RawClient client = connect()) {
            for (int i = 0; i < 2; i++) {
                client.send(head("POST /tlsrpt HTTP/1.0", "Connection: keep-alive", length(json)) + json);
                assertThat(client.answer()).startsWith("HTTP/1.0 200");
            }
        }
    }

    @Test
    void httpOneOneKeepsAliveAndTakesPipelinedRequests() throws IOException {
        String json = aReport();
        String request = head("POST /tlsrpt HTTP/1.1", "Host: x", length(json)) + json;
        try (RawClient client = connect()) {
            client.send(request + request);
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http2-prior-knowledge", "--http2"})
    void httpTwoWithoutTlsByPriorKnowledgeAndByUpgrade(String option) {
        String answer = CommandLine.run(
                gzip(aReport()),
                "curl",
                "--silent",
                "--include",
                option,
                "--data-binary",
                "@-",
                sealpost.uri("/tlsrpt").toString());
        assertThat(answer).contains("HTTP/2 200", "\"accepted\"");
    }

    @Test
    void manyStreamsOfOneHttpTwoConnection() {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            var answers = Stream.generate(() -> HttpRequest.newBuilder(sealpost.uri("/tlsrpt"))
                            .POST(HttpRequest.BodyPublishers.ofString(aReport()))
                            .build())
                    .limit(50)
                    .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .toList();
            assertThat(answers.stream().map(CompletableFuture::join)).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            });
        }
    }

    static Stream<Arguments> encodings() {
        return Stream.of("application/tlsrpt+gzip", "application/tlsrpt+json")
                .flatMap(type -> Stream.of(true, false)
                        .flatMap(packed -> Stream.of(true, false).map(header -> Arguments.of(type, packed, header))));
    }

    @ParameterizedTest(name = "{0}, body packed: {1}, Content-Encoding: {2}")
    @MethodSource("encodings")
    void mediaTypeAndContentEncodingAreHints(String type, boolean packed, boolean header) {
        byte[] body = packed ? gzip(aReport()) : aReport().getBytes(StandardCharsets.UTF_8);
        String[] headers = header
                ? new String[] {"Content-Type", type, "Content-Encoding", "gzip"}
                : new String[] {"Content-Type", type};
        assertThat(sealpost.post(body, headers).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: APPLICATION/TLSRPT+JSON; Charset=\"UTF-8\"",
                "content-type:application/tlsrpt+gzip",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: ;;;=",
                "Content-Type:",
                "Content-Type: \u00ff\u00fe",
                "X-None: at all",
                "Content-Type: application/tlsrpt+json\r\nContent-Type: application/tlsrpt+gzip",
                "Content-Encoding: br, gzip, x-unknown",
                "Accept: text/html;q=x",
                "Authorization: Bearer of-somebody-else",
                "Origin: https://a.example",
                "Cookie: a=b"
            })
    void whateverTheHeadersSayTheBytesDecide(String header) throws IOException {
        String json = aReport();
        try (RawClient client = connect()) {
            client.send(head("POST /tlsrpt HTTP/1.1", "Host: x", header, length(json)) + json);
            assertThat(client.answer()).as(header).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tlsrpt/", "/tlsrpt?x=y", "//tlsrpt", "http://reports.example/tlsrpt"})
    void spellingsOfTheAddressAreNoRedirects(String target) throws IOException {
        String json = aReport();
        try (RawClient client = connect()) {
            client.send(head("POST " + target + " HTTP/1.1", "Host: x", length(json)) + json);
            assertThat(client.answer()).as(target).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD", "DELETE", "PROPFIND", "X-NEW"})
    void otherMethodsAreToldWhatTheAddressIsFor(String method) throws IOException {
        for (String path : new String[] {"/tlsrpt", "/tlsrpt/", "/tlsrpt/some-key"}) {
            try (RawClient client = connect()) {
                client.send(head(method + " " + path + " HTTP/1.1", "Host: x", "Connection: close"));
                String answer = client.untilClosed();
                assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("\r\nallow: POST\r\n");
                assertThat(answer.endsWith("\r\n\r\n")).as("no body").isEqualTo(method.equals("HEAD"));
            }
        }
    }

    @Test
    void optionsIs204() throws IOException {
        try (RawClient client = connect()) {
            client.send(head("OPTIONS /tlsrpt HTTP/1.1", "Host: x", "Connection: close"));
            assertThat(client.untilClosed()).startsWith("HTTP/1.1 204").containsIgnoringCase("\r\nallow: POST\r\n");
        }
    }

    @Test
    void anEmptyBodyIsNamedSo() throws IOException {
        for (String header : new String[] {"Content-Length: 0", "X-Length: none"}) {
            try (RawClient client = connect()) {
                client.send(head("POST /tlsrpt HTTP/1.1", "Host: x", header));
                assertThat(client.answer()).startsWith("HTTP/1.1 400").contains("urn:sealpost:problem:empty");
            }
        }
    }

    @Test
    void aBodyInPiecesOverSecondsIsTaken() throws Exception {
        String json = aReport();
        int third = json.length() / 3;
        try (RawClient client = connect()) {
            client.send(head("POST /tlsrpt HTTP/1.1", "Host: x", length(json)));
            client.send(json.substring(0, third));
            long begin = System.nanoTime();
            Awaitility.await().until(() -> System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(7));
            client.send(json.substring(third));
            assertThat(client.answer()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answersSayNothingOfTheServerAndEverythingToBrowsers() {
        for (String path : new String[] {"/tlsrpt", "/nothing", "/api/v1/failures"}) {
            HttpResponse<String> answer = sealpost.getWithoutKey(path);
            assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("server")).isEmpty();
            assertThat(answer.headers().firstValue("strict-transport-security"))
                    .as("not on plain HTTP (RFC 6797, section 7.2)")
                    .isEmpty();
        }
    }

    @Test
    void aKeyInThePathIsInNoMetric() throws IOException {
        for (String path :
                new String[] {"/tlsrpt/canary-1", "/TLSRPT/canary-2", "//tlsrpt//canary-3", "/%74lsrpt/canary-4"}) {
            try (RawClient client = connect()) {
                client.send(
                        head("POST " + path + " HTTP/1.1", "Host: x", "Content-Length: 1", "Connection: close") + "x");
                assertThat(client.untilClosed()).startsWith("HTTP/1.1 404");
            }
            try (RawClient client = connect()) {
                client.send(head("POST " + path + " HTTP/1.1", "Host: x", "Content-Length: 10") + "x");
            }
        }
        assertThat(sealpost.getManagement("/q/metrics").body())
                .contains("http_server_requests_seconds_count")
                .doesNotContain("canary");
        assertThat(sealpost.output()).doesNotContain("canary");
    }
}
