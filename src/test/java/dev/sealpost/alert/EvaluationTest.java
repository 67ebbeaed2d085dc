package dev.sealpost.alert;

import static dev.sealpost.alert.AlertScene.EXPIRED;
import static dev.sealpost.alert.AlertScene.STRIPPED;
import static dev.sealpost.alert.AlertScene.TODAY;
import static dev.sealpost.alert.AlertScene.YESTERDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From reports in the tables to alerts and what is told of them. */
class EvaluationTest {
    private static final List<String> DOMAINS = List.of("a.example", "b.example", "c.example");
    private static final List<String> REPORTERS =
            IntStream.range(0, 12).mapToObj(i -> "Reporter" + (char) ('A' + i)).toList();
    private static final LocalDate FIRST = TODAY.minusDays(90);

    @TempDir
    private Path directory;

    private AlertScene scene;

    @BeforeEach
    void ninetyQuietDays() {
        scene = new AlertScene(directory);
        scene.quiet(DOMAINS, REPORTERS, FIRST, YESTERDAY.minusDays(1));
        scene.judge();
        assertThat(scene.alerts()).isEmpty();
    }

    private void quietYesterdayBut(String... reporters) {
        List<String> quiet = REPORTERS.stream()
                .filter(name -> !List.of(reporters).contains(name))
                .toList();
        scene.quiet(DOMAINS, quiet, YESTERDAY, YESTERDAY);
    }

    /** One reporter sees no STARTTLS at one domain. */
    private void strip() {
        scene.fails("a.example", "ReporterA", YESTERDAY, 300, STRIPPED);
        scene.fails("b.example", "ReporterA", YESTERDAY, 0, STRIPPED);
        scene.fails("c.example", "ReporterA", YESTERDAY, 0, STRIPPED);
    }

    @Test
    void strippingAtOneReporterIsOneCriticalIncident() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();

        assertThat(scene.alerts()).containsExactly("attack|critical|open|a.example");
        assertThat(scene.notices()).containsExactly("opened|*|critical", "opened|default|critical");
        assertThat(scene.database.rows("SELECT subject FROM notice LIMIT 1"))
                .containsExactly("Looks like an attack: no STARTTLS at a.example, reported by ReporterA");
        assertThat(scene.database.rows("SELECT body FROM notice LIMIT 1").getFirst())
                .startsWith("ReporterA reports that the MX did not offer STARTTLS, that is, encryption"
                        + " (starttls-not-supported) on 300 of 1,000 sessions (30 %) to a.example on " + YESTERDAY)
                .contains("Expected, by its past of 89 report days: fewer than 1 (", "It began on " + YESTERDAY)
                .contains("11 other reporters had enough traffic to see it; none sees it", " and 6 more.")
                .contains("Of 2 other domains that ReporterA reports about with enough traffic, none shows it")
                .contains("Failures by sending network: 192.0.2.0/24 (100 %)")
                .contains("Failures by receiving MX: mx1.a.example (100 %)")
                .contains("mode testing. Nothing held these messages back: they were probably delivered unencrypted.")
                .contains("What it probably is: somebody on the way from ReporterA to your MX, or a firewall there")
                .contains(
                        "\n2. Connect to the MX from outside your own network; it must show a certificate:\n   openssl s_client"
                                + " -starttls smtp -connect"
                                + " mx1.a.example:25 -servername mx1.a.example </dev/null")
                .contains("It rests on 1 reporter, whose reports came by signed mail (dkim-aligned).")
                .contains("It is provisional");
    }

    @Test
    void anExpiredCertificateIsOneMisconfigurationAndNoAttack() {
        for (String reporter : REPORTERS) {
            scene.fails("a.example", reporter, YESTERDAY, 600, EXPIRED);
        }
        scene.judge();

        assertThat(scene.alerts()).containsExactly("misconfiguration|high|open|a.example");
        assertThat(scene.notices()).hasSize(2);
        assertThat(scene.database.rows("SELECT count(*) FROM alert_series")).containsExactly("12");
    }

    @Test
    void judgingAgainChangesNothing() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();
        List<String> before = everything();

        scene.database.run("INSERT INTO alert_touched (domain, day, due) SELECT domain, day, now() FROM daily_domain"
                + " WHERE day >= current_date - 10");
        scene.judge();

        assertThat(everything()).isEqualTo(before);
        assertThat(scene.database.rows("SELECT count(*) FROM alert_touched")).containsExactly("0");
    }

    private List<String> everything() {
        return scene.database.rows("SELECT id::text FROM alert UNION ALL SELECT id FROM notice"
                + " UNION ALL SELECT alert || domain || organization FROM alert_series"
                + " UNION ALL SELECT alert || '/' || number FROM alert_event ORDER BY 1");
    }

    @Test
    void anotherProcessThatBeginsAnewFindsTheSameIncident() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();
        List<String> first = scene.database.rows("SELECT id FROM alert UNION ALL SELECT id::uuid FROM (VALUES"
                + " ('00000000-0000-0000-0000-000000000000')) v(id) ORDER BY 1");

        scene.database.run("TRUNCATE alert, alert_series, alert_event, alert_cause, notice CASCADE");
        scene.database.run("INSERT INTO alert_touched (domain, day, due) SELECT domain, day, now() FROM daily_domain"
                + " WHERE day >= current_date - 10");
        scene.judge();

        assertThat(scene.database.rows("SELECT id FROM alert UNION ALL SELECT id::uuid FROM (VALUES"
                        + " ('00000000-0000-0000-0000-000000000000')) v(id) ORDER BY 1"))
                .isEqualTo(first)
                .hasSize(2);
    }

    @Test
    void ofTwoProcessesOneJudges() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.parts.store();
        Evaluation one = scene.process();
        Evaluation other = scene.process();

        assertThat(one.run()).isTrue();
        assertThat(other.run()).isFalse();
        one.release();
        assertThat(other.run()).isTrue();

        assertThat(scene.alerts()).hasSize(1);
        assertThat(scene.notices()).hasSize(2);
    }

    @Test
    void aProcessThatLostItsLeaseWritesNothing() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.parts.store();
        scene.database.run("CREATE FUNCTION steal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " UPDATE alert_lease SET lease_owner = gen_random_uuid(), lease_until = now() + interval '1 hour';"
                + " RETURN NULL; END $$");
        scene.database.run(
                "CREATE TRIGGER steal AFTER UPDATE ON alert_touched FOR EACH STATEMENT" + " EXECUTE FUNCTION steal()");
        try {
            assertThat(scene.process().run()).isFalse();
        } finally {
            scene.database.run("DROP TRIGGER steal ON alert_touched; DROP FUNCTION steal");
        }
        assertThat(scene.alerts()).isEmpty();
        assertThat(scene.notices()).isEmpty();

        scene.database.run("UPDATE alert_lease SET lease_until = NULL");
        assertThat(scene.process().run()).isTrue();
        assertThat(scene.alerts()).hasSize(1);
    }

    @Test
    void forgedReportsNeitherHideNorRaise() {
        quietYesterdayBut("ReporterA");
        strip();
        for (int i = 0; i < 300; i++) {
            scene.parts.report(
                    "a.example",
                    "forger" + i,
                    YESTERDAY,
                    Provenance.UNVERIFIED,
                    1_000_000_000_000L,
                    i % 2 == 0 ? 0 : 900_000_000_000L,
                    STRIPPED);
        }
        scene.parts.report("b.example", "forger", YESTERDAY, Provenance.UNVERIFIED, 1_000, 900, STRIPPED);
        scene.judge();

        assertThat(scene.database.rows("SELECT kind, severity, place FROM alert WHERE severity <> 'low'"))
                .containsExactly("attack|critical|a.example");
        assertThat(scene.database.rows("SELECT evidence ->> 'failures', evidence ->> 'sessions',"
                        + " evidence -> 'reporters' ->> 'asked' FROM alert_series WHERE verified"))
                .containsExactly("300|1000|11");
    }

    @Test
    void lateReportsThatShowItEverywhereWithdrawTheAttackVisibly() {
        strip();
        scene.judge();
        assertThat(scene.alerts()).containsExactly("attack|critical|open|a.example");

        for (String reporter : REPORTERS.subList(1, 12)) {
            scene.fails("a.example", reporter, YESTERDAY, 300, STRIPPED);
        }
        scene.judge();

        assertThat(scene.alerts())
                .contains("attack|critical|withdrawn|a.example")
                .anyMatch(alert -> alert.startsWith("global|") && alert.endsWith("|open|a.example"))
                .hasSize(2);
        assertThat(
                        scene.database.rows(
                                "SELECT e.kind FROM alert_event e JOIN alert a ON a.id = e.alert WHERE a.kind = 'attack' ORDER BY number"))
                .containsExactly("opened", "withdrawn");
        assertThat(scene.notices()).contains("withdrawn|*|critical");
        assertThat(scene.database
                        .rows("SELECT subject || ' ' || body FROM notice WHERE kind = 'withdrawn' AND tenant IS NULL")
                        .getFirst())
                .startsWith("Withdrawn: no STARTTLS at a.example, reported by ReporterA Withdrawn: what came later")
                .contains(" (explained by what came later)")
                .doesNotContain("Check first", "provisional");
    }

    @Test
    void aDomainWithoutAPastIsToldWithWhatIsUsualElsewhere() {
        for (String reporter : REPORTERS.subList(0, 3)) {
            scene.fails("new.example", reporter, YESTERDAY, 400, STRIPPED);
        }
        scene.judge();

        assertThat(scene.alerts()).hasSize(1).first().asString().startsWith("global|");
        assertThat(scene.database
                        .rows("SELECT body FROM notice WHERE tenant IS NULL")
                        .getFirst())
                .contains("Expected, by what is usual elsewhere: ");
    }

    @Test
    void lateReportsThatSeeNothingTurnAFaultIntoAnAttack() {
        strip();
        scene.fails("a.example", REPORTERS.get(1), YESTERDAY, 300, STRIPPED);
        scene.judge();
        assertThat(scene.alerts()).hasSize(1).first().asString().startsWith("global|");

        for (String reporter : REPORTERS.subList(2, 12)) {
            scene.fails("a.example", reporter, YESTERDAY, 0, STRIPPED);
        }
        scene.judge();

        assertThat(scene.alerts()).contains("attack|critical|open|a.example");
        assertThat(scene.database.rows("SELECT day FROM alert_cause")).isEmpty();
    }

    @Test
    void whatIsToldAgainSaysWhatChanged() {
        quietYesterdayBut("ReporterA", "ReporterB");
        scene.fails("a.example", "ReporterA", YESTERDAY, 100, STRIPPED);
        scene.judge();
        scene.fails("a.example", "ReporterB", YESTERDAY, 700, STRIPPED);
        Evaluation nextDay = scene.process(Duration.ofDays(1));
        scene.parts.store();
        nextDay.run();
        nextDay.release();

        assertThat(scene.database.rows("SELECT body FROM notice WHERE kind = 'updated' AND tenant IS NULL"))
                .singleElement()
                .asString()
                .startsWith("What changed: ")
                .contains("joined: ReporterB.\n\nReporter")
                .contains("In all: 800 of 2,000 sessions (40 %) of 2 reporters.\nAlso:\n- Reporter");
    }

    @Test
    void aReportThatIsDeletedTakesItsAlertWithIt() {
        quietYesterdayBut("ReporterA");
        UUID wrong = scene.fails("a.example", "ReporterA", YESTERDAY, 300, STRIPPED);
        scene.judge();
        assertThat(scene.alerts()).containsExactly("attack|critical|open|a.example");

        scene.parts.delete(wrong);
        scene.judge();

        assertThat(scene.alerts()).containsExactly("attack|critical|withdrawn|a.example");
    }

    @Test
    void sevenQuietDaysResolveIt() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();

        Evaluation soon = scene.process(Duration.ofDays(7));
        soon.run();
        soon.release();
        assertThat(scene.alerts()).containsExactly("attack|critical|open|a.example");
        Evaluation later = scene.process(Duration.ofDays(8));
        later.run();
        later.release();
        assertThat(scene.alerts()).containsExactly("attack|critical|resolved|a.example");
        assertThat(scene.notices()).contains("resolved|*|critical", "resolved|default|critical");
    }

    @Test
    void oldDaysAreNotJudged() {
        scene.fails("a.example", "ReporterX", TODAY.minusDays(20), 900, STRIPPED);
        scene.parts.store();

        assertThat(scene.database.rows("SELECT count(*) FROM alert_touched")).containsExactly("0");
    }

    private void touchAll() {
        scene.database.run("INSERT INTO alert_touched (domain, day, due) SELECT domain, day, now() FROM daily_domain"
                + " WHERE day > current_date - 14 ON CONFLICT DO NOTHING");
    }

    @Test
    void twoIncidentsThatArriveTogetherAreBothToldInNumbers() {
        for (LocalDate day : List.of(TODAY.minusDays(13), TODAY.minusDays(4))) {
            scene.fails("a.example", "ReporterA", day, 900, EXPIRED);
        }
        scene.judge();

        assertThat(scene.database.rows("SELECT a.opened_day, s.evidence ->> 'failures', s.evidence ->> 'sessions'"
                        + " FROM alert a JOIN alert_series s ON s.alert = a.id ORDER BY 1"))
                .containsExactly(TODAY.minusDays(13) + "|900|2000", TODAY.minusDays(4) + "|900|2000");
        assertThat(scene.database.rows("SELECT body FROM notice WHERE kind = 'opened'"))
                .hasSize(4)
                .allMatch(body -> body.contains("on 900 of 2,000 sessions (45 %) to a.example"));
        assertThat(scene.database.rows("SELECT count(*) FROM alert_touched")).containsExactly("0");
    }

    @Test
    void whatAttackersLeaveAfterAFaultOfAllKeepsTheEvidenceOfTheAttackBefore() {
        LocalDate attack = TODAY.minusDays(6);
        scene.fails("a.example", "ReporterA", attack, 900, STRIPPED);
        scene.judge();
        assertThat(scene.alerts()).containsExactly("attack|critical|open|a.example");
        List<String> evidence = evidence();

        REPORTERS.forEach(reporter -> scene.fails("a.example", reporter, TODAY.minusDays(3), 900, STRIPPED));
        scene.fails("a.example", "ReporterA", TODAY.minusDays(2), 900, STRIPPED);
        touchAll();
        scene.judge();

        assertThat(scene.alerts()).anyMatch(alert -> alert.startsWith("global|"));
        assertThat(evidence()).isEqualTo(evidence).singleElement().asString().contains("dkim-aligned");
        Evaluation later = scene.process(Duration.ofDays(8));
        later.run();
        later.release();
        assertThat(scene.alerts()).contains("attack|critical|resolved|a.example");
    }

    private List<String> evidence() {
        return scene.database.rows("SELECT s.last_day || s.evidence::text FROM alert_series s"
                + " JOIN alert a ON a.id = s.alert WHERE a.kind = 'attack'");
    }

    @Test
    void anAlertWithoutEvidenceIsToldAndEndsAllTheSame() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();
        scene.database.run("UPDATE alert_series SET evidence = '{}'");

        Evaluation later = scene.process(Duration.ofDays(8));
        later.run();
        later.release();

        assertThat(scene.alerts()).containsExactly("attack|critical|resolved|a.example");
        assertThat(scene.database
                        .rows("SELECT body FROM notice WHERE kind = 'resolved' LIMIT 1")
                        .getFirst())
                .startsWith("Resolved: nothing of it was found for 7 days after " + YESTERDAY
                        + ". Nothing has to be done. It was:\n\nReporterA reports that the MX did not offer STARTTLS, that"
                        + " is, encryption (starttls-not-supported) on sessions to a.example on " + YESTERDAY);
    }

    @Test
    void anAlertWhoseTextCannotBeMadeIsToldPlainly() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();
        scene.database.run("UPDATE alert_series SET evidence = '{\"networks\": [null]}'");

        Evaluation later = scene.process(Duration.ofDays(8));
        later.run();
        later.release();

        assertThat(scene.alerts()).containsExactly("attack|critical|resolved|a.example");
        assertThat(scene.database
                        .rows("SELECT body FROM notice WHERE kind = 'resolved' LIMIT 1")
                        .getFirst())
                .contains("could not be put into words");
        assertThat(scene.metrics.counter("sealpost.alerts.untold").count()).isPositive();
    }

    @Test
    void daysClosedByHandDoNotComeBackIntoALaterAlert() {
        scene.fails("a.example", "ReporterA", TODAY.minusDays(13), 900, EXPIRED);
        scene.judge();
        scene.database.run("UPDATE alert SET state = 'resolved', closed_day = current_date - 10");
        scene.fails("a.example", "ReporterA", TODAY.minusDays(3), 900, EXPIRED);
        scene.judge();
        scene.fails("a.example", "ReporterB", TODAY.minusDays(12), 900, EXPIRED);
        touchAll();
        scene.judge();

        assertThat(scene.database.rows("SELECT a.opened_day, s.organization, s.first_day FROM alert a"
                        + " JOIN alert_series s ON s.alert = a.id ORDER BY 1, 2"))
                .containsExactly(
                        "%1$s|reportera|%1$s".formatted(TODAY.minusDays(13)),
                        "%1$s|reportera|%1$s".formatted(TODAY.minusDays(3)));
    }

    @Test
    void veryManyAlertsEndAndAreForgottenInSeveralTransactions() {
        quietYesterdayBut("ReporterA");
        strip();
        scene.judge();
        scene.database.run(
                "INSERT INTO alert SELECT gen_random_uuid(), key || n, place, reporter, family, hostile, verified,"
                        + " kind, severity, CASE WHEN n <= 1100 THEN 'open' ELSE 'resolved' END, rule, tenant, opened_day,"
                        + " CASE WHEN n <= 1100 THEN current_date - 20 ELSE current_date - 500 END, opened_at, updated_at,"
                        + " resolved_at, closed_day, joined_at, revision FROM alert, generate_series(1, 1700) n");
        scene.process(Duration.ofMinutes(1)).run();

        assertThat(scene.database.rows("SELECT state, count(*) FROM alert GROUP BY 1 ORDER BY 1"))
                .containsExactly("open|1", "resolved|1100");
        assertThat(scene.database.rows("SELECT count(DISTINCT xmin::text) >= 3 FROM alert WHERE state = 'resolved'"))
                .containsExactly("t");
    }
}
