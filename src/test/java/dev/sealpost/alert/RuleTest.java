package dev.sealpost.alert;

import static dev.sealpost.alert.AlertScene.EXPIRED;
import static dev.sealpost.alert.AlertScene.STRIPPED;
import static dev.sealpost.alert.AlertScene.TODAY;
import static dev.sealpost.alert.AlertScene.YESTERDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.sealpost.origin.Provenance;
import dev.sealpost.store.AlertSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules beside the detector. */
class RuleTest {
    private static final List<String> DOMAINS = List.of("a.example", "b.example");
    private static final List<String> REPORTERS = List.of("Big", "Small");

    @TempDir
    private Path directory;

    private AlertScene scene;

    @BeforeEach
    void quietDays() {
        scene = new AlertScene(directory);
    }

    private UUID rule(@Nullable String tenant, String terms) {
        UUID id = UUID.randomUUID();
        scene.parts
                .settings()
                .put(AlertSettings.Kind.RULE, new AlertSettings.Entry(id, tenant, Instant.EPOCH, null, terms));
        return id;
    }

    private List<String> raised() {
        scene.judge();
        return scene.database.rows("SELECT a.severity, s.domain, s.organization, s.evidence ->> 'rule' FROM alert a"
                + " JOIN alert_series s ON s.alert = a.id WHERE a.kind = 'rule' ORDER BY 2, 3");
    }

    @Test
    void anyFailureOfAType() {
        rule(null, "{\"kind\":\"failure\",\"severity\":\"high\",\"resultTypes\":[\"certificate-expired\"]}");
        scene.fails("a.example", "Big", YESTERDAY, 1, EXPIRED);
        scene.fails("b.example", "Big", YESTERDAY, 1, STRIPPED);
        scene.parts.report("b.example", "forger", YESTERDAY, Provenance.UNVERIFIED, 10, 1, EXPIRED);

        assertThat(raised())
                .containsExactly(
                        "high|a.example|big|certificate-expired on 1 of 1,000 sessions to a.example, reported by"
                                + " Big");
        assertThat(scene.database.rows("SELECT body FROM notice LIMIT 1").getFirst())
                .startsWith("certificate-expired on 1 of 1,000 sessions")
                .contains("Check first:\n1. See which certificate the MX shows");
    }

    @Test
    void failuresOfSeveralReporters() {
        rule(null, "{\"kind\":\"failure\",\"reporters\":2,\"resultTypes\":[\"sts-policy-fetch-error\"]}");
        scene.fails("a.example", "Big", YESTERDAY, 1, "sts-policy-fetch-error");
        scene.fails("b.example", "Big", YESTERDAY, 1, "sts-policy-fetch-error");
        scene.fails("b.example", "Small", YESTERDAY, 1, "sts-policy-fetch-error");

        assertThat(raised()).hasSize(2).allMatch(row -> row.startsWith("medium|b.example|"));
        assertThat(scene.database.rows("SELECT count(*) FROM alert WHERE kind = 'rule'"))
                .containsExactly("1");
    }

    @Test
    void aShareOfTheSessions() {
        rule(null, "{\"kind\":\"failure-rate\",\"rate\":0.1,\"sessions\":1000}");
        scene.fails("a.example", "Big", YESTERDAY, 200, STRIPPED);
        scene.fails("b.example", "Big", YESTERDAY, 200, STRIPPED);
        scene.fails("b.example", "Small", YESTERDAY, 0, STRIPPED);

        assertThat(raised())
                .containsExactly("medium|a.example||20 % of all 1,000 sessions to a.example failed, more than 10 %");
        assertThat(scene.database.rows("SELECT body FROM notice LIMIT 1").getFirst())
                .contains("Failures: 200 starttls-not-supported (the MX did not offer STARTTLS")
                .contains("Check first:\n1. See who reports it.", "GET /api/v1/failures?domain=a.example", "XXXXXXXA");
    }

    @Test
    void aTypeThatWasNeverSeen() {
        rule(null, "{\"kind\":\"first-failure\"}");
        scene.fails("a.example", "Big", TODAY.minusDays(30), 1, STRIPPED);
        scene.fails("a.example", "Small", YESTERDAY, 1, STRIPPED);
        scene.fails("a.example", "Small", YESTERDAY, 1, EXPIRED);

        assertThat(raised()).singleElement().asString().contains("certificate-expired on 1");
    }

    @Test
    void whoIsSilent() {
        rule(null, "{\"kind\":\"reporter-silent\"}");
        rule(null, "{\"kind\":\"domain-silent\"}");
        scene.quiet(DOMAINS, List.of("Big"), TODAY.minusDays(30), TODAY.minusDays(4));
        scene.quiet(List.of("a.example"), List.of("Small"), TODAY.minusDays(30), YESTERDAY);

        assertThat(raised())
                .containsExactly(
                        "medium|a.example|big|Big reported about a.example on 14 of 14 days and has not for 3 days",
                        "medium|b.example||nobody has reported about b.example for 3 days",
                        "medium|b.example|big|Big reported about b.example on 14 of 14 days and has not for 3 days");
        assertThat(scene.database.rows("SELECT subject || ' ' || body FROM notice WHERE tenant IS NULL"))
                .anySatisfy(told -> assertThat(told)
                        .startsWith("Rule: nobody has reported about b.example for 3 days ")
                        .contains("Check first:\n1. Look at the record", "\n   dig +short TXT _smtp._tls.b.example\n"))
                .anySatisfy(told -> assertThat(told)
                        .startsWith("Rule: Big reported about a.example on 14 of 14 days")
                        .contains("If they do, your side works:\n   GET /api/v1/organizations?domain=a.example\n"));
    }

    @Test
    void severalSilentReportersAreOneAlertThatNamesEach() {
        rule(null, "{\"kind\":\"reporter-silent\"}");
        scene.quiet(List.of("a.example"), REPORTERS, TODAY.minusDays(30), TODAY.minusDays(4));

        assertThat(raised()).hasSize(2);
        assertThat(scene.database.rows("SELECT subject || ' ' || body FROM notice WHERE tenant IS NULL"))
                .singleElement()
                .asString()
                .contains(" and 1 more ")
                .contains("Also:\n- Small reported about a.example on 14 of 14 days and has not for 3 days (")
                .doesNotContain("RFC 8460 does not name");
    }

    @Test
    void aTenantsRuleIsForItsDomainsAlone() {
        scene.database.watched().put("a.example", Optional.of("one"), Optional.of(List.of()), false, Instant.EPOCH);
        rule("one", "{\"kind\":\"failure\"}");
        DOMAINS.forEach(domain -> scene.fails(domain, "Big", YESTERDAY, 1, STRIPPED));

        assertThat(raised()).singleElement().asString().startsWith("medium|a.example|");
        assertThat(scene.notices()).containsExactly("opened|*|medium", "opened|one|medium");
    }

    @Test
    void whatIsOffIsOff() {
        rule(null, "{\"kind\":\"failure\",\"enabled\":false}");
        rule(null, "{\"kind\":\"failure\",\"domains\":[\"b.example\"]}");
        scene.fails("a.example", "Big", YESTERDAY, 1, STRIPPED);

        assertThat(raised()).isEmpty();
    }

    @Test
    void theInstallationItself() {
        rule(null, "{\"kind\":\"unclaimed-flood\",\"reports\":10}");
        rule(null, "{\"kind\":\"mailbox-failing\",\"days\":2}");
        scene.database.run("INSERT INTO unclaimed_count (day, prefix, stored) VALUES ('" + TODAY + "', '', 11)");
        scene.database.run(
                "INSERT INTO mailbox (name, place, last_error) VALUES ('main', 'imap', 'no such user\u202e')");

        assertThat(raised()).hasSize(2).allMatch(row -> row.startsWith("medium||"));
        assertThat(scene.database.rows("SELECT subject FROM notice ORDER BY 1"))
                .containsExactly(
                        "Rule: 11 reports of domains that nobody claimed today",
                        "Rule: the mailbox main cannot be read: no such user?");
        assertThat(scene.notices()).allMatch(notice -> notice.startsWith("opened|*"));
    }

    @Test
    void judgingAgainRaisesNothingTwice() {
        rule(null, "{\"kind\":\"failure\"}");
        scene.fails("a.example", "Big", YESTERDAY, 1, STRIPPED);
        List<String> once = raised();
        scene.database.run("INSERT INTO alert_touched (domain, day, due) SELECT domain, day, now() FROM daily_domain");

        assertThat(raised()).isEqualTo(once).hasSize(1);
        assertThat(scene.notices()).hasSize(2);
    }

    @Test
    void theSameOnThePast() {
        scene.quiet(List.of("a.example"), REPORTERS, TODAY.minusDays(30), YESTERDAY);
        scene.fails("a.example", "Third", TODAY.minusDays(20), 5, STRIPPED);
        scene.fails("a.example", "Third", TODAY.minusDays(18), 5, STRIPPED);
        scene.fails("a.example", "Third", TODAY.minusDays(5), 5, STRIPPED);
        scene.parts.store();
        Rule.Terms terms = scene.terms("{\"kind\":\"failure\"}");

        RulePreview.Preview preview = scene.preview().of(new Rule(new UUID(0, 0), null, RuleKind.FAILURE, terms));

        assertThat(preview.domains()).isEqualTo(1);
        assertThat(preview.alerts())
                .extracting(RulePreview.Item::openedDay, RulePreview.Item::lastDay, RulePreview.Item::days)
                .containsExactly(
                        tuple(TODAY.minusDays(20), TODAY.minusDays(18), 2L),
                        tuple(TODAY.minusDays(5), TODAY.minusDays(5), 1L));
        assertThat(scene.alerts()).isEmpty();
    }

    @Test
    void daysClosedByHandDoNotComeBackIntoALaterAlert() {
        rule(null, "{\"kind\":\"failure\"}");
        scene.fails("a.example", "Big", TODAY.minusDays(12), 1, STRIPPED);
        raised();
        scene.database.run("UPDATE alert SET state = 'resolved', closed_day = current_date - 10");
        scene.fails("a.example", "Big", TODAY.minusDays(2), 1, STRIPPED);
        raised();
        scene.fails("a.example", "Small", TODAY.minusDays(11), 1, STRIPPED);

        assertThat(raised()).hasSize(2).noneMatch(row -> row.contains("|small|"));
        assertThat(scene.database.rows("SELECT opened_day FROM alert ORDER BY 1"))
                .containsExactly(
                        TODAY.minusDays(12).toString(), TODAY.minusDays(2).toString());
    }

    @Test
    void silenceIsNoticedAtAllDomainsHoweverMany() {
        scene.database.run(
                "INSERT INTO daily_domain (domain, day, rule) SELECT 'd' || d || '.example', current_date - 6, 1"
                        + " FROM generate_series(1, 20050) d");
        String last = scene.database
                .rows("SELECT domain FROM daily_domain ORDER BY md5(domain) DESC LIMIT 1")
                .getFirst();
        scene.quiet(List.of("a.example", last), List.of("Big"), TODAY.minusDays(30), TODAY.minusDays(5));
        scene.judge();
        UUID named = rule(null, "{\"kind\":\"domain-silent\",\"domains\":[\"a.example\"]}");

        assertThat(raised()).singleElement().asString().startsWith("medium|a.example|");

        scene.parts.settings().remove(AlertSettings.Kind.RULE, named);
        rule(null, "{\"kind\":\"domain-silent\"}");
        assertThat(raised()).anyMatch(row -> row.startsWith("medium|" + last + "|"));
    }

    @Test
    void domainsComePageByPage() {
        scene.quiet(List.of("a.example", "b.example", "c.example"), REPORTERS, TODAY.minusDays(9), YESTERDAY);
        scene.parts.store();
        LocalDate since = TODAY.minusDays(5);

        assertThat(scene.parts.domains().page(since, "", 2)).containsExactly("a.example", "b.example");
        assertThat(scene.parts.domains().page(since, "b.example", 2)).containsExactly("c.example");
        assertThat(scene.parts.domains().page(TODAY, "", 2)).isEmpty();
    }
}
