package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What the README promises to somebody who has never seen the project. */
class ReadmeIT {
    private static final Pattern OUTPUT = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern QUESTION = Pattern.compile("'http://localhost:8080(/api/[^']+)'");

    private static final Pattern ASKED =
            Pattern.compile("```sh\nask '([^']+)'\n```\n\n```json\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void theFirstReportGivesTheOutputOfTheReadme() throws IOException {
        SealpostProcess sealpost = SharedSealpost.get();
        String readme = Files.readString(Path.of("README.md"));
        List<String> outputs =
                OUTPUT.matcher(readme).results().map(found -> found.group(1)).toList();
        String question = QUESTION.matcher(readme)
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring(text.indexOf("/api"), text.length() - 1))
                .findFirst()
                .orElseThrow();
        byte[] example = Files.readAllBytes(Path.of("docs", "example-report.json"));

        JsonNode accepted =
                Answers.json(sealpost.post(Reports.gzip(example), "Content-Type", "application/tlsrpt+gzip"));
        Answers.sessionsOf(sealpost, "example.org", 1);
        JsonNode failures = Answers.json(sealpost.get(question));

        ObjectMapper json = new ObjectMapper();
        assertThat(accepted.path("status"))
                .isEqualTo(json.readTree(outputs.get(0)).path("status"));
        assertThat(accepted.fieldNames()).toIterable().containsExactly("status", "receipt");
        assertThat(failures).isEqualTo(json.readTree(outputs.get(1)));
    }

    @Test
    void theQuestionsPeopleAskHaveTheAnswersOfTheReadme() throws IOException {
        SealpostProcess sealpost = SharedSealpost.get();
        sealpost.post(Reports.gzip(Files.readAllBytes(Path.of("docs", "example-report.json"))));
        Answers.sessionsOf(sealpost, "example.org", 1);
        List<MatchResult> asked =
                ASKED.matcher(Files.readString(Path.of("README.md"))).results().toList();

        assertThat(asked).hasSize(5);
        for (MatchResult question : asked) {
            HttpResponse<String> answer = sealpost.get("/api/v1/" + question.group(1));
            assertThat(told(answer.body())).as(question.group(1)).isEqualTo(told(question.group(2)));
            HttpResponse<String> table = sealpost.get("/api/v1/" + question.group(1) + "&format=csv");
            assertThat(table.statusCode())
                    .as(question.group(1))
                    .isEqualTo(question.group(1).startsWith("summary") ? 400 : 200);
        }
    }

    /** An answer without what depends on when it is asked. */
    private static JsonNode told(String answer) throws IOException {
        JsonNode told = new ObjectMapper().readTree(answer);
        told.findParents("lastReport").forEach(each -> ((ObjectNode) each).remove("lastReport"));
        told.findParents("usualDelayHours").forEach(each -> ((ObjectNode) each).remove("usualDelayHours"));
        return told;
    }

    @Test
    void theReadyBlockSaysWhereThingsAreAndNoSecret() {
        SealpostProcess sealpost = SharedSealpost.get();
        assertThat(sealpost.output())
                .contains("Sealpost ready ", "/tlsrpt", "admin.key", "v=TLSRPTv1; rua=https://")
                .doesNotContain(sealpost.adminKey());
    }
}
