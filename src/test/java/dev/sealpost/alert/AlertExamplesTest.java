package dev.sealpost.alert;

import static dev.sealpost.alert.AlertScene.EXPIRED;
import static dev.sealpost.alert.AlertScene.STRIPPED;
import static dev.sealpost.alert.AlertScene.TODAY;
import static dev.sealpost.alert.AlertScene.YESTERDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sealpost.notify.Rendered;
import dev.sealpost.origin.Provenance;
import dev.sealpost.store.AlertSettings;
import dev.sealpost.store.Notice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts as people get them, of reports that are judged by the product: the examples of docs/alerts.md. After a change of
 * words run it once with -Dsealpost.renew=true and read the page as somebody who never heard of TLS reports.
 */
class AlertExamplesTest {
    private static final Path PAGE = Path.of("docs", "alerts.md");
    private static final String BEGIN = "<!-- examples: made by AlertExamplesTest -->\n";
    private static final String END = "<!-- end of the examples -->\n";
    private static final LocalDate AS_IF = LocalDate.of(2026, 11, 26);

    /** Sessions a day of each, at each domain. */
    private static final Map<String, Integer> REPORTERS = new LinkedHashMap<>();

    static {
        List<String> names = List.of(
                "Northmail", "Postwerk", "Bluebird Mail", "Kestrel Hosting", "Lindental University", "Harbour Telecom");
        List<Integer> sessions = List.of(1_060, 2_400, 880, 310, 150, 520);
        IntStream.range(0, names.size()).forEach(i -> REPORTERS.put(names.get(i), sessions.get(i)));
    }

    @TempDir
    private Path directory;

    private AlertScene scene;

    @BeforeEach
    void open() {
        scene = new AlertScene(directory);
    }

    private void begin(String... domains) {
        scene = new AlertScene(directory);
        TODAY.minusDays(60).datesUntil(YESTERDAY).forEach(day -> day(day, domains));
        scene.judge();
        assertThat(scene.alerts()).isEmpty();
    }

    /** A day of all reporters on which nothing happens. */
    private void day(LocalDate day, String... domains) {
        REPORTERS.keySet().forEach(reporter -> {
            for (String domain : domains) {
                report(domain, reporter, day, 0, STRIPPED);
            }
        });
    }

    private void report(String domain, String reporter, LocalDate day, long failed, String type) {
        scene.parts.report(
                domain, reporter, day, Provenance.DKIM_ALIGNED, REPORTERS.getOrDefault(reporter, 0), failed, type);
    }

    /** The notice for the operator, of all that there are now. */
    private Notice told(String kind, String of) {
        scene.judge();
        List<Notice> told = scene.database.notices().stream()
                .filter(notice -> notice.tenant() == null && notice.kind().equals(kind))
                .filter(notice -> notice.json().contains("\"kind\":\"" + of + "\""))
                .toList();
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    @Test
    void theExamplesAreThoseOfThePage() throws IOException {
        StringBuilder made = new StringBuilder();
        begin("example.org", "example.net", "example.com");
        day(YESTERDAY, "example.net", "example.com");
        REPORTERS
                .keySet()
                .forEach(name -> report("example.org", name, YESTERDAY, name.equals("Northmail") ? 212 : 0, STRIPPED));
        Notice attack = told("opened", "attack");
        mail(made, "Somebody strips STARTTLS on the way from one sender", attack);

        begin("example.org", "example.net");
        day(YESTERDAY, "example.net");
        report("example.org", "Northmail", YESTERDAY, 212, STRIPPED);
        told("opened", "attack");
        REPORTERS.keySet().stream()
                .skip(1)
                .forEach(name -> report("example.org", name, YESTERDAY, REPORTERS.getOrDefault(name, 0) / 5, STRIPPED));
        mail(
                made,
                "The same, withdrawn: the reports of the others came later and show it too",
                told("withdrawn", "attack"));

        begin("example.org");
        REPORTERS.forEach((name, sessions) -> report("example.org", name, YESTERDAY, sessions * 9L / 10, EXPIRED));
        mail(made, "A certificate expired", told("opened", "misconfiguration"));

        String[] six = {"a.example", "b.example", "c.example", "d.example", "e.example", "f.example"};
        begin(six);
        for (String domain : six) {
            REPORTERS
                    .keySet()
                    .forEach(name -> report(
                            domain,
                            name,
                            YESTERDAY,
                            name.equals("Kestrel Hosting") ? 120 : 0,
                            "sts-policy-fetch-error"));
        }
        mail(made, "A sender has a fault of its own", told("opened", "sender-fault"));

        begin("example.org");
        scene.parts
                .settings()
                .put(
                        AlertSettings.Kind.RULE,
                        new AlertSettings.Entry(
                                new UUID(1, 1),
                                null,
                                Instant.EPOCH,
                                null,
                                "{\"kind\":\"failure-rate\",\"rate\":0.02,\"severity\":\"high\"}"));
        report("example.org", "Postwerk", YESTERDAY, 140, "certificate-host-mismatch");
        report("example.org", "Northmail", YESTERDAY, 3, "validation-failure");
        Notice rule = told("opened", "rule");
        mail(made, "A rule holds", rule);

        json(made, "The first of them as a card for Teams", sorted(Rendered.teams(attack)));
        json(made, "The last of them for a program (webhook, and `data` of the topic)", Rendered.webhook(rule));
        Pages.hold(PAGE, BEGIN, END, Pages.steady(made.toString(), TODAY, AS_IF));
    }

    private static void mail(StringBuilder made, String title, Notice notice) {
        made.append("### ").append(title).append("\n\n```text\n");
        made.append(Pages.wrapped(Rendered.mail(notice).strip())).append("```\n\n");
        assertThat(Rendered.slack(notice).at("/blocks/1/text/text").asText())
                .as("all of it fits into the shortest chat")
                .contains(notice.text().lines().toList().getLast().strip());
    }

    /** Members of a map come in any order. */
    private static JsonNode sorted(JsonNode json) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        return mapper.valueToTree(mapper.convertValue(json, Object.class));
    }

    private static void json(StringBuilder made, String title, JsonNode json) {
        made.append("### ").append(title).append("\n\n```json\n");
        made.append(json.toPrettyString()).append("\n```\n\n");
    }
}
