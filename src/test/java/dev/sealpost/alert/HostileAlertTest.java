package dev.sealpost.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.sealpost.notify.HostileTexts;
import dev.sealpost.report.ResultType;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reporters write of themselves stands in the words of an alert and changes nothing else of them. */
class HostileAlertTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    private static final UUID ID = new UUID(0, 1);

    static Stream<String> payloads() {
        return HostileTexts.ALL.stream();
    }

    /** An alert in which every text is this one that somebody else may choose. */
    private static Story story(String kind, String foreign, @Nullable String rule) {
        AlertRow row = new AlertRow(
                ID,
                "key",
                "a.example",
                false,
                "starttls",
                true,
                true,
                kind,
                "high",
                "open",
                null,
                null,
                DAY,
                DAY,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                Instant.EPOCH,
                1);
        Proof.Place place = new Proof.Place(foreign, 3);
        Proof.Witnesses others = new Proof.Witnesses(3, 1, List.of(new Proof.Named(foreign, 10, 0, false)));
        Proof proof = new Proof(
                3,
                10,
                0.1,
                0.001,
                90,
                1,
                DAY,
                DAY,
                true,
                true,
                "testing",
                others,
                others,
                List.of(place),
                List.of(place),
                List.of("dkim-aligned"),
                false,
                rule,
                rule == null ? null : "failure-rate",
                rule == null ? null : List.of(place),
                null);
        AlertSeries series = new AlertSeries(
                ID,
                "a.example",
                foreign,
                foreign,
                rule == null ? foreign : "",
                true,
                true,
                DAY,
                DAY,
                0.3,
                true,
                kind,
                "high",
                "{}");
        Story.Part part = new Story.Part(series, proof);
        return new Story(row, List.of(part, part), 1, true);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aReporterWritesNoLineOfItsOwn(String payload) {
        for (String kind : List.of(
                "attack", "egress", "global", "misconfiguration", "sender-fault", "stale-dns", "transient", "rule")) {
            String rule = kind.equals("rule") ? payload : null;
            Story story = story(kind, payload, rule);
            Story plain = story(kind, "mail", rule == null ? null : "mail");
            assertThat(Explanation.text(story).lines())
                    .hasSameSizeAs(Explanation.text(plain).lines().toList());
            assertThat(Explanation.text(story).replace("\n", ""))
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
            assertThat(Explanation.subject(story)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
            assertThat(Explanation.text(story)).as("bounded").hasSizeLessThan(12_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.example; rm -rf ~",
                "$(reboot).example",
                "`reboot`.example",
                "-proxy.example",
                "mx.example | sh",
                "mx.example\nreboot",
                "mx.example&reboot",
                "a.example/../b",
                "mx.exa mple"
            })
    void aHostThatIsNoneStandsInNoCommand(String host) {
        Proof.Place place = new Proof.Place(host, 3);
        Proof proof = new Proof(
                3,
                10,
                0.1,
                0.001,
                90,
                1,
                DAY,
                DAY,
                true,
                true,
                "testing",
                null,
                null,
                List.of(),
                List.of(place),
                List.of(),
                false,
                null,
                null,
                null,
                null);
        Story story = story("attack", "mail", null);
        AlertSeries series = story.parts().getFirst().series();
        AlertSeries stripped = new AlertSeries(
                ID,
                series.domain(),
                "mail",
                "mail",
                "starttls-not-supported",
                true,
                true,
                DAY,
                DAY,
                0.3,
                true,
                "attack",
                "high",
                "{}");
        List<String> steps = Kinds.steps(new Story(story.alert(), List.of(new Story.Part(stripped, proof)), 1, false));

        assertThat(steps).anyMatch(step -> step.contains("-connect YOUR-MX:25"));
        assertThat(String.join(" ", steps)).doesNotContain("reboot", "rm -rf", "| sh", "-proxy", "..");
    }

    @Test
    void everyResultTypeHasItsOwnWords() {
        assertThat(ResultType.REGISTERED).allSatisfy(type -> {
            Wording wording = Wording.of(type.value());
            assertThat(wording.brief()).isNotEqualTo(type.value());
            assertThat(wording.attack()).contains("{way}");
            assertThat(wording.steps()).isNotEmpty().allMatch(step -> step.endsWith(".") != step.contains("\n   "));
        });
    }

    @Test
    void everyKindOfRuleHasItsOwnWords() {
        assertThat(RuleKind.labels())
                .filteredOn(kind -> !kind.equals("failure") && !kind.equals("first-failure"))
                .allSatisfy(kind -> assertThat(RuleWording.of(kind)).isNotEqualTo(RuleWording.of("")));
    }
}
