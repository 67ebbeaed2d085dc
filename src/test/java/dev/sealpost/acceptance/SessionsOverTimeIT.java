package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Sessions over time as a graph wants them: a row a period and group, page by page or all at once. */
class SessionsOverTimeIT {
    private static final String DOMAIN = "series.example";

    private final SealpostProcess sealpost = SharedSealpost.get();
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final LocalDate yesterday = today.minusDays(1);
    private final String question =
            "/api/v1/sessions?groupBy=organization&domain=" + DOMAIN + "&from=" + today.minusDays(20) + "&to=" + today;

    private void report(String organization, LocalDate day) {
        assertThat(sealpost.post("""
                        {"organization-name":"%1$s","date-range":{"start-datetime":"%2$sT00:00:00Z",
                         "end-datetime":"%2$sT23:59:59Z"},"report-id":"%1$s%2$s","policies":[{"policy":{"policy-type":"sts",
                         "policy-domain":"%3$s"},"summary":{"total-successful-session-count":5,
                         "total-failure-session-count":1}}]}""".formatted(organization, day, DOMAIN)).statusCode())
                .isEqualTo(200);
    }

    private void reports() {
        report("Early", yesterday);
        report("Early", today.minusDays(9));
        report("Late", today);
        Answers.sessionsOf(sealpost, DOMAIN, 3);
    }

    private List<JsonNode> pages(String path) {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode page = Answers.json(sealpost.get(path + "&limit=5"));
        page.path("rows").forEach(rows::add);
        while (page.path("next").isTextual()) {
            String cursor = URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8);
            page = Answers.json(sealpost.get(path + "&limit=5&cursor=" + cursor));
            page.path("rows").forEach(rows::add);
        }
        return rows;
    }

    @Test
    void pagesAndTablesHaveTheSameRowsWithoutGaps() {
        reports();
        List<JsonNode> rows = pages(question);
        assertThat(rows).hasSize(21 * 2);
        assertThat(rows.stream().mapToLong(row -> row.path("reports").asLong()).sum())
                .isEqualTo(3);
        List<JsonNode> all = new ArrayList<>();
        Answers.json(sealpost.get(question)).path("rows").forEach(all::add);
        assertThat(rows).isEqualTo(all);
        assertThat(sealpost.get(question + "&format=csv").body().lines()).hasSize(1 + 21 * 2);
        assertThat(sealpost.get(question + "&format=ndjson").body().lines().map(line -> line.replace(" ", "")))
                .containsExactlyElementsOf(rows.stream()
                        .map(row -> row.toString().replace(" ", ""))
                        .toList());
    }

    @Test
    void aDayWithoutTheReportOfAReporterMayStillGetIt() {
        reports();
        List<JsonNode> rows = pages(question);
        assertThat(rows)
                .filteredOn(row -> row.path("day").asText().equals(yesterday.toString()))
                .extracting(row ->
                        row.path("organization").asText() + " " + row.path("reports") + " " + row.path("provisional"))
                .containsExactly("Early 1 false", "Late 0 true");
        assertThat(rows)
                .filteredOn(row ->
                        row.path("day").asText().compareTo(today.minusDays(3).toString()) < 0)
                .hasSize(17 * 2)
                .allSatisfy(
                        row -> assertThat(row.path("provisional").asBoolean()).isFalse());
    }
}
