package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every call of the OpenAPI document with values that were never meant: no answer is a 500, none has a status that the
 * document does not know, and no error tells of the insides. {@code -Dapi.fuzz.requests=20000} asks more,
 * {@code -Dapi.fuzz.seed} repeats a run.
 */
class ApiFuzzIT {
    private static final int REQUESTS = Integer.getInteger("api.fuzz.requests", 1_500);
    private static final long SEED = Long.getLong("api.fuzz.seed", 20261126L);
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)exception|\\bSELECT\\b|\\bFROM\\s+\\w+\\s+WHERE|postgres|psql|jdbc|quarkus|vert\\.?x|resteasy|jackson"
                    + "|hibernate|netty|\\bat [a-z]+\\.|\\.java|org\\.\\w+\\.|sealpost[ /-]\\d|\\d+\\.\\d+\\.\\d+-?SNAPSHOT");
    private static final List<String> ACCEPTED = List.of(
            "*/*",
            "application/json",
            "text/csv",
            "application/x-ndjson",
            "image/png",
            "x",
            "text/html;q=0.1, */*;q=0");

    private static final List<String> TYPES = List.of(
            "application/json", "application/octet-stream", "multipart/form-data; boundary=x", "text/plain", "x");

    /** Of its own: it deletes what it finds. */
    private final SealpostProcess sealpost =
            SealpostProcess.start(SharedSealpost.temporaryDirectory().resolve("data"));

    private final Random random = new Random(SEED);
    private final List<String> keys = new ArrayList<>(List.of(sealpost.adminKey()));
    private final List<String> trouble = new ArrayList<>();
    private final Map<String, Integer> statuses = new TreeMap<>();

    private record Call(String method, String path, JsonNode operation, boolean head) {}

    @Test
    void everyCallAnswersWhateverIsAskedAsTheDocumentSays() throws IOException {
        System.out.println("ApiFuzzIT: seed " + SEED + ", " + REQUESTS + " requests");
        List<Call> calls = calls(Answers.json(sealpost.getManagement("/q/openapi?format=json")));
        boundKeys();
        HostileValues values = new HostileValues(random, ids());
        for (int i = 0; i < REQUESTS; i++) {
            // Every call in turn, so that each gets its share.
            ask(calls.get(i % calls.size()), values, i);
        }
        System.out.println("ApiFuzzIT: " + statuses);
        assertThat(trouble).as("seed " + SEED).isEmpty();
        assertThat(calls).hasSizeGreaterThan(25);
        assertThat(statuses).containsKeys("200", "400", "401", "404", "406");
        assertThat(sealpost.getManagement("/q/metrics").body()).contains("sealpost_unexpected_errors_total 0.0");
    }

    @AfterEach
    void stop() {
        sealpost.close();
    }

    private static List<Call> calls(JsonNode document) {
        List<Call> calls = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    calls.add(new Call(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            operation.getValue(),
                            false));
                    if (operation.getKey().equals("get")) {
                        calls.add(new Call("HEAD", path.getKey(), operation.getValue(), true));
                    }
                }));
        return calls;
    }

    /** Callers that are bound to a tenant, and to some of its domains. */
    private void boundKeys() {
        for (String more : List.of("", ",\"domains\":[\"example.org\"]")) {
            HttpResponse<String> made = Calls.with(
                    sealpost, "POST", "/api/v1/keys", "{\"role\":\"admin\",\"tenant\":\"default\"" + more + "}");
            keys.add(Answers.json(made).path("key").asText());
        }
    }

    /** Some things that are there, so that not everything is answered with 404. */
    private List<String> ids() throws IOException {
        sealpost.post(Reports.gzip(Files.readAllBytes(Path.of("docs", "example-report.json"))));
        sealpost.post("no report".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Answers.sessionsOf(sealpost, "example.org", 1);
        List<String> ids = new ArrayList<>();
        for (String list : List.of("reports?from=2026-01-01", "quarantine", "imports")) {
            Answers.json(sealpost.get("/api/v1/" + list))
                    .path("items")
                    .forEach(item -> ids.add(item.path("id").asText()));
        }
        assertThat(ids).isNotEmpty();
        return ids;
    }

    private void ask(Call call, HostileValues values, int number) {
        String path = call.path;
        while (path.contains("{")) {
            path = path.replaceFirst("\\{\\w+}", values.part().replace("$", "%24"));
        }
        String target = path + query(call, values);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sealpost.uri("/") + target.substring(1)))
                .timeout(Duration.ofSeconds(30))
                .method(
                        call.method,
                        call.method.equals("POST") || call.method.equals("PUT")
                                ? HttpRequest.BodyPublishers.ofByteArray(values.body())
                                : HttpRequest.BodyPublishers.noBody());
        if (random.nextInt(20) > 0) {
            String key = keys.get(random.nextInt(3) > 0 ? 0 : random.nextInt(keys.size()));
            request.header("Authorization", "Bearer " + (random.nextInt(20) > 0 ? key : "wrong"));
        }
        if (random.nextInt(3) > 0 && !call.head) {
            request.header("Content-Type", TYPES.get(random.nextInt(TYPES.size())));
        }
        if (random.nextInt(4) == 0) {
            request.header("Accept", ACCEPTED.get(random.nextInt(ACCEPTED.size())));
        }
        if (random.nextInt(10) == 0) {
            request.header("If-None-Match", random.nextBoolean() ? "*" : "\"x\", W/\"y\",,");
        }
        judge(call, number + ": " + call.method + ' ' + target, sealpost.send(request));
    }

    private String query(Call call, HostileValues values) {
        List<String> given = new ArrayList<>();
        call.operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query") && random.nextInt(5) == 0) {
                int times = random.nextInt(40) == 0 ? 1 + random.nextInt(102) : 1;
                for (int i = 0; i < times; i++) {
                    String value = values.of(parameter);
                    given.add(parameter.path("name").asText() + "=" + (times > 3 && value.length() > 60 ? "x" : value));
                }
            }
        });
        if (random.nextInt(12) == 0) {
            given.add(values.text() + "=" + values.text());
        }
        String query = given.isEmpty() ? "" : "?" + String.join("&", given);
        return query.length() > 12_000 ? query.substring(0, 12_000).replaceFirst("%[0-9a-f]?$", "") : query;
    }

    private void judge(Call call, String asked, HttpResponse<String> answer) {
        String status = String.valueOf(answer.statusCode());
        statuses.merge(status, 1, Integer::sum);
        List<String> documented = new ArrayList<>();
        call.operation.path("responses").fieldNames().forEachRemaining(documented::add);
        String type = answer.headers().firstValue("content-type").orElse("");
        String body = answer.body();
        if (status.equals("500") || !documented.contains(status)) {
            trouble.add(asked + " -> " + status + " " + body);
        } else if (answer.statusCode() >= 400 && !call.head) {
            if (!type.startsWith("application/problem+json") || !body.contains("urn:sealpost:problem:")) {
                trouble.add(asked + " -> " + status + " no problem: " + type + " " + body);
            } else if (INSIDES.matcher(body).find()) {
                trouble.add(asked + " -> " + status + " tells of the insides: " + body);
            }
        }
        answer.headers().map().forEach((name, told) -> {
            if (name.equalsIgnoreCase("server") || name.equalsIgnoreCase("x-injected")) {
                trouble.add(asked + " -> header " + name + told);
            }
        });
    }
}
