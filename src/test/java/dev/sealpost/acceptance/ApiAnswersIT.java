package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How answers are sent: HEAD, packed, and only to who does not have them. */
class ApiAnswersIT {
    private static final String DAYS = "from=2026-11-01&to=2026-11-05&domain=answers.example";

    private final SealpostProcess sealpost = SharedSealpost.get();
    private final HttpClient client = HttpClient.newHttpClient();

    static Stream<String> reads() {
        return Stream.of("failures", "sessions", "summary", "organizations", "reports")
                .map(call -> call + "?" + DAYS);
    }

    static Stream<String> lists() {
        return Stream.concat(
                reads(),
                Stream.of("domains", "quarantine", "imports", "mailboxes", "keys", "me", "failures?format=csv"));
    }

    private HttpResponse<byte[]> ask(String method, String call, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(sealpost.uri("/api/v1/" + call))
                .header("Authorization", "Bearer " + sealpost.adminKey())
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
        assertThat(header(answer, "content-encoding")).isEqualTo("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void headIsAsGetWithoutTheBody(String call) throws IOException, InterruptedException {
        HttpResponse<byte[]> get = ask("GET", call);
        HttpResponse<byte[]> head = ask("HEAD", call);
        assertThat(head.statusCode()).isEqualTo(get.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : List.of("cache-control", "vary", "content-disposition")) {
            assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
        }
        assertThat(header(head, "content-type"))
                .startsWith(header(get, "content-type").split(";", 2)[0]);
        assertThat(header(get, "cache-control")).isEqualTo("private, no-cache");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void packedAnswersAreTheSame(String call) throws IOException, InterruptedException {
        post(1);
        for (String format : List.of("", "text/csv", "application/x-ndjson")) {
            if (!format.isEmpty() && call.startsWith("summary")) {
                continue;
            }
            String accept = format.isEmpty() ? "application/json" : format;
            HttpResponse<byte[]> plain = ask("GET", call, "Accept", accept);
            assertThat(header(plain, "content-encoding")).isEmpty();
            assertThat(new String(plain.body(), StandardCharsets.UTF_8)).contains("20");
            assertThat(unpacked(ask("GET", call, "Accept", accept, "Accept-Encoding", "gzip")))
                    .isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whoHasAnAnswerIsToldSoUntilItChanges(String call) throws IOException, InterruptedException {
        post(1);
        String tag = header(ask("GET", call), "etag");
        assertThat(tag).matches("\"[\\w=-]+\"");
        HttpResponse<byte[]> again = ask("GET", call, "If-None-Match", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(tag);
        assertThat(ask("HEAD", call, "If-None-Match", tag).statusCode()).isEqualTo(304);
        HttpResponse<byte[]> packed = ask("GET", call, "If-None-Match", tag, "Accept-Encoding", "gzip");
        assertThat(packed.statusCode()).as("other bytes have another tag").isEqualTo(200);
        long reports = Answers.sessionsOf(sealpost, "answers.example", 1)
                .path("reports")
                .asLong();
        post(reports + 1);
        assertThat(ask("GET", call, "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void anErrorIsNothingToKeep() throws IOException, InterruptedException {
        HttpResponse<byte[]> wrong = ask("GET", "failures?nonsense=1", "If-None-Match", "*");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(header(wrong, "etag")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void theFirstDayThereIsCanBeTheLastAskedFor(String call) throws IOException, InterruptedException {
        String bare = call.substring(0, call.indexOf('?'));
        HttpResponse<byte[]> first = ask("GET", bare + "?to=0001-01-01");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(ask("GET", bare + "?from=0001-01-01&to=0001-01-01").body()).isEqualTo(first.body());
    }

    @Test
    void anImportOfNothingIsRefused() throws IOException, InterruptedException {
        assertThat(ask("POST", "imports").statusCode()).isEqualTo(400);
    }

    @Test
    void theDoorPacksNoAnswer() throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(sealpost.uri("/tlsrpt")).POST(HttpRequest.BodyPublishers.ofString(report(1)));
        HttpResponse<String> usual = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(usual.body()).contains("\"status\":\"accepted\"");
        assertThat(header(usual, "content-encoding")).isEmpty();
        HttpResponse<String> unpacking =
                client.send(request.header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(unpacking.body()).contains("\"status\":\"accepted\"");
        assertThat(header(unpacking, "content-encoding")).isEqualTo("identity");
    }

    private void post(long number) {
        assertThat(sealpost.post(report(number)).statusCode()).isEqualTo(200);
        Answers.sessionsOf(sealpost, "answers.example", number);
    }

    private static String report(long number) {
        return """
                {"organization-name":"Answers","date-range":{"start-datetime":"2026-11-02T00:00:00Z",
                 "end-datetime":"2026-11-02T23:59:59Z"},"report-id":"a%d","policies":[{"policy":{"policy-type":"sts",
                 "policy-domain":"answers.example"},"summary":{"total-successful-session-count":5,
                 "total-failure-session-count":2},"failure-details":[{"result-type":"certificate-expired",
                 "failed-session-count":2}]}]}""".formatted(number);
    }
}
