package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who asks about the known world.
 *
 * @param tenant empty for who sees all
 * @param named whether its domains are named one by one
 * @param seen the domains that it sees
 */
record KnownCaller(SealpostProcess sealpost, String key, String tenant, boolean named, Set<String> seen) {
    private HttpResponse<String> answer(String path) {
        return sealpost.send(HttpRequest.newBuilder(sealpost.uri("/api/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key));
    }

    int status(String path) {
        return answer(path).statusCode();
    }

    private HttpResponse<String> ask(String path) {
        HttpResponse<String> answer = answer(path);
        assertThat(answer.statusCode())
                .as("%s as %s: %s", path, tenant, answer.body())
                .isEqualTo(200);
        return answer;
    }

    JsonNode json(String path) {
        return Answers.json(ask(path));
    }

    /** All rows of an answer, of JSON page by page. */
    List<Map<String, String>> rows(String path, String format, int limit) {
        if (!format.equals("json")) {
            String body = ask(path + "&format=" + format).body();
            return format.equals("csv") ? AnswerRows.ofCsv(body) : AnswerRows.ofNdjson(body);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(path + "&limit=" + limit + next);
            rows.addAll(AnswerRows.ofJson(page.has("rows") ? page.path("rows") : page.path("items")));
            String cursor = page.path("next").asText("");
            next = page.path("next").isNull() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        } while (!next.isEmpty());
        return rows;
    }
}
