package dev.sealpost.alert;

import static dev.sealpost.alert.AlertScene.STRIPPED;
import static dev.sealpost.alert.AlertScene.TODAY;
import static dev.sealpost.alert.AlertScene.YESTERDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.sealpost.store.AlertSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is silent is found all the same, and told to nobody who asked for silence. */
class SilenceTest {
    private static final List<String> REPORTERS = List.of("Big", "Small", "Other", "Fourth");

    @TempDir
    private Path directory;

    private AlertScene scene;

    @BeforeEach
    void quietDays() {
        scene = new AlertScene(directory);
        scene.quiet(List.of("a.example", "b.example"), REPORTERS, TODAY.minusDays(40), YESTERDAY.minusDays(1));
        scene.judge();
    }

    private void silence(@Nullable String tenant, Duration length, String terms) {
        Instant noon = TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
        scene.parts
                .settings()
                .put(
                        AlertSettings.Kind.SILENCE,
                        new AlertSettings.Entry(UUID.randomUUID(), tenant, noon, noon.plus(length), terms));
    }

    private List<String> toldOfStripping() {
        scene.quiet(List.of("a.example"), List.of("Small", "Other", "Fourth"), YESTERDAY, YESTERDAY);
        scene.quiet(List.of("b.example"), REPORTERS, YESTERDAY, YESTERDAY);
        scene.fails("a.example", "Big", YESTERDAY, 300, STRIPPED);
        scene.judge();
        assertThat(scene.alerts()).containsExactly("attack|critical|open|a.example");
        return scene.notices();
    }

    @Test
    void aSilenceForAllIsHeardByNobody() {
        silence(null, Duration.ofHours(1), "{\"domains\":[\"a.example\"]}");
        assertThat(toldOfStripping()).isEmpty();
    }

    @Test
    void aTenantsSilenceIsItsOwn() {
        silence("default", Duration.ofHours(1), "{\"family\":\"starttls\",\"organization\":\"big\"}");
        assertThat(toldOfStripping()).containsExactly("opened|*|critical");
    }

    @Test
    void silenceIsForWhatItSaysAlone() {
        silence(null, Duration.ofHours(1), "{\"domains\":[\"b.example\"]}");
        silence(null, Duration.ofHours(1), "{\"kind\":\"global\"}");
        silence(null, Duration.ofHours(1), "{\"severity\":\"low\"}");
        silence(null, Duration.ofHours(1), "{\"organization\":\"Small\"}");
        assertThat(toldOfStripping()).hasSize(2);
    }

    @Test
    void itEnds() {
        silence(null, Duration.ZERO, "{}");
        assertThat(toldOfStripping()).hasSize(2);
    }

    private List<String> toldAtTheEnd() {
        Evaluation later = scene.process(Duration.ofDays(8));
        later.run();
        later.release();
        assertThat(scene.alerts()).containsExactly("attack|critical|resolved|a.example");
        return scene.notices();
    }

    @Test
    void whoWasToldOfItIsToldOfItsEndThoughItIsSilentBy() {
        toldOfStripping();
        silence(null, Duration.ofDays(30), "{}");
        assertThat(toldAtTheEnd())
                .containsExactly(
                        "opened|*|critical",
                        "opened|default|critical",
                        "resolved|*|critical",
                        "resolved|default|critical");
    }

    @Test
    void whoWasNotToldOfItIsNotToldOfItsEnd() {
        silence("default", Duration.ofDays(30), "{}");
        toldOfStripping();
        assertThat(toldAtTheEnd()).containsExactly("opened|*|critical", "resolved|*|critical");
    }

    private List<String> reporterSilences(int series, String reporter) {
        toldOfStripping();
        scene.database.run("INSERT INTO alert_series SELECT 'd' || d || '.example', '"
                + reporter.toLowerCase(Locale.ROOT)
                + "', result_type, hostile, verified, alert, '" + reporter + "', first_day, last_day, rate, live, kind,"
                + " severity, evidence FROM alert_series, generate_series(1, " + series + ") d");
        scene.database.run("DELETE FROM notice; DELETE FROM alert_series WHERE domain = 'a.example'");
        silence(null, Duration.ofDays(30), "{\"organization\":\"Big\"}");
        return toldAtTheEnd();
    }

    @Test
    void aReportersSilenceHoldsForWhatItAloneReports() {
        assertThat(reporterSilences(99, "Big")).isEmpty();
    }

    @Test
    void aReportersSilenceDoesNotHoldWhereNobodyReports() {
        assertThat(reporterSilences(1, "")).isNotEmpty();
    }

    @Test
    void aReportersSilenceDoesNotHoldWhereThereMayBeOthers() {
        assertThat(reporterSilences(100, "Big")).isNotEmpty();
    }
}
