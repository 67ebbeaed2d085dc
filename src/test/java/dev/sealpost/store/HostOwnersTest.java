package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom the policies of MX hosts are counted for, whenever it becomes known. */
class HostOwnersTest {
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final String SESSIONS =
            "SELECT domain, sum(successful), sum(failed), sum(reports) FROM daily_sessions GROUP BY 1 ORDER BY 1";

    /** Nothing but the table says what is watched. */
    private static final UnclaimedLimits TABLE = new UnclaimedLimits(domain -> false, domain -> false, 1_000);

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final WatchedTable watched = database.watched();
    private final HostChanges changes =
            new HostChanges(new WriteTransaction(database.pool()), new HostOwners(), database.counting());
    private int reports;

    @BeforeEach
    void empty() {
        database.clear();
    }

    @Test
    void aConfiguredHostsPolicyCountsForItsOwner() {
        watch("example.org", "default", "mx1.example.org");
        store(Provenance.UNVERIFIED, policy("tlsa", "mx1.example.org", 7));
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|7|0|1");
    }

    @Test
    void theSameSessionsUnderTheDomainAndUnderItsHostCountOnce() {
        watch("example.org", "default", "mx1.example.org");
        store(Provenance.UNVERIFIED, policy("sts", "example.org", 7), policy("tlsa", "mx1.example.org", 7));
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|7|0|1");
    }

    @Test
    void aHostIsLearnedFromVerifiedReportsAndWhatWasStoredBeforeIsMoved() {
        watch("example.org", "default");
        store(Provenance.UPLOAD, policy("tlsa", "mx1.example.org", 7));
        store(Provenance.UNVERIFIED, sts("example.org", "mx1.example.org", 1));
        work();
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|1|0|1", "mx1.example.org|7|0|1");
        store(Provenance.UPLOAD, sts("example.org", "mx1.example.org", 2));
        work();
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|10|0|3");
        assertThat(database.rows("SELECT domain FROM daily_domain")).containsExactly("example.org");
        assertThat(database.rows("SELECT DISTINCT domains::text FROM report")).containsExactly("{example.org}");
        assertThat(database.rows("SELECT * FROM mx_owner_due")).isEmpty();
        store(Provenance.UPLOAD, policy("tlsa", "mx1.example.org", 5));
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|15|0|4");
    }

    @Test
    void aPatternIsNoHost() {
        watch("example.org", "default");
        store(Provenance.UPLOAD, sts("example.org", "*.example.org", 2));
        assertThat(database.rows("SELECT * FROM mx_owner")).isEmpty();
    }

    @Test
    void ownersOfSeveralTenantsLeaveTheHostAlone() {
        watch("a.example", "one", "mx.host.example");
        watch("b.example", "two", "mx.host.example");
        store(Provenance.UPLOAD, policy("sts", "a.example", 3), policy("tlsa", "mx.host.example", 7));
        assertThat(database.rows(SESSIONS)).containsExactly("a.example|3|0|1", "mx.host.example|7|0|1");
    }

    @Test
    void ofSeveralOwnersTheOneThatTheReportIsAboutHasThePolicy() {
        watch("a.example", "one", "mx.host.example");
        watch("b.example", "one", "mx.host.example");
        store(Provenance.UPLOAD, policy("sts", "b.example", 3), policy("tlsa", "mx.host.example", 3));
        store(new MailClaims("a.example", null, null), Provenance.UPLOAD, policy("tlsa", "mx.host.example", 5));
        store(Provenance.UPLOAD, policy("tlsa", "mx.host.example", 9));
        assertThat(database.rows(SESSIONS))
                .containsExactly("a.example|5|0|1", "b.example|3|0|1", "mx.host.example|9|0|1");
    }

    @Test
    void oneOwnerMoreOfAHostOfManyMovesNothing() {
        for (int i = 100; i <= 202; i++) {
            String domain = "d" + i + ".example";
            watch(domain, "default");
            work();
            store(Provenance.UPLOAD, sts(domain, "mx.host.example", 1));
            // The 101st goes over the limit, which its successors find passed.
            assertThat(database.rows("SELECT host FROM mx_owner_due")).hasSize(i <= 200 ? 1 : 0);
        }
        store(Provenance.UPLOAD, policy("sts", "d202.example", 3), policy("tlsa", "mx.host.example", 3));
        store(Provenance.UPLOAD, policy("tlsa", "mx.host.example", 9));
        assertThat(database.rows(SESSIONS.replace("GROUP", "WHERE successful > 1 GROUP")))
                .containsExactly("d202.example|4|0|2", "mx.host.example|9|0|1");
    }

    @Test
    void whatADomainGivesUpGoesBackToTheHost() {
        watch("example.org", "default", "mx1.example.org");
        store(Provenance.UPLOAD, policy("tlsa", "mx1.example.org", 7));
        watched.remove("example.org");
        work();
        assertThat(database.rows(SESSIONS)).containsExactly("mx1.example.org|7|0|1");
        watch("other.example", "default", "mx1.example.org");
        work();
        assertThat(database.rows(SESSIONS)).containsExactly("other.example|7|0|1");
    }

    @Test
    void aDomainThatIsWatchedIsNoHost() {
        watch("example.org", "default", "mail.example.org");
        watch("mail.example.org", "default");
        store(Provenance.UPLOAD, policy("tlsa", "mail.example.org", 7));
        assertThat(database.rows(SESSIONS)).containsExactly("mail.example.org|7|0|1");
    }

    @Test
    void manyPoliciesOfAHostAreMovedInSmallSteps() {
        for (int i = 0; i < 25; i++) {
            store(Provenance.UPLOAD, policy("tlsa", "mx1.example.org", 1));
        }
        watch("example.org", "default", "mx1.example.org");
        work();
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|25|0|25");
    }

    @Test
    void aPolicyWithoutADomainIsHealedByALaterCopyInAMail() {
        Report body = report(policy("sts", null, 4));
        store(arrival(body, null, Provenance.UNVERIFIED, ""));
        assertThat(database.rows(SESSIONS)).isEmpty();
        store(arrival(body, new MailClaims("healed.example", null, null), Provenance.DKIM_ALIGNED, "healed.example"));
        assertThat(database.rows(SESSIONS)).containsExactly("healed.example|4|0|1");
        assertThat(database.rows("SELECT domains::text, mail_domain FROM report"))
                .containsExactly("{healed.example}|healed.example");
        assertThat(database.rows("SELECT flags::text FROM policy")).containsExactly("{policy-domain-healed}");
    }

    @Test
    void aMailThatNamesAnotherDomainOrSubmitterIsFlagged() {
        store(
                new MailClaims("example.org", "sender.example", null),
                Provenance.DKIM_ALIGNED,
                policy("sts", "example.org", 1));
        store(new MailClaims("else.example", null, "pass"), Provenance.DKIM_ALIGNED, policy("sts", "example.org", 1));
        store(new MailClaims("example.org", null, null), Provenance.DKIM_ALIGNED, policy("tlsa", "mx1.example.org", 1));
        ReportList list = new ReportList(new ReadTransaction(database.pool()));
        assertThat(list.rows(Questions.november().filter(), Optional.empty(), 10))
                .extracting(ListedReport::flags)
                .containsExactlyInAnyOrder(List.of(), List.of("mail-domain-differs"), List.of());
        UUID flagged = UUID.fromString(
                database.rows("SELECT id FROM report WHERE judgement = 'pass'").getFirst());
        assertThat(new ReportQuestion(new ReadTransaction(database.pool())).find(flagged))
                .hasValueSatisfying(
                        report -> assertThat(report.mail()).isEqualTo(new MailClaims("else.example", null, "pass")));
    }

    private void watch(String domain, String tenant, String... hosts) {
        watched.put(domain, Optional.of(tenant), Optional.of(List.of(hosts)), false, DAY);
    }

    private void work() {
        for (int steps = 0; changes.work(TABLE, 10); steps++) {
            assertThat(steps).as("steps").isLessThan(1_000);
        }
    }

    private void store(Provenance provenance, Policy... policies) {
        store(null, provenance, policies);
    }

    private void store(@Nullable MailClaims claims, Provenance provenance, Policy... policies) {
        store(arrival(
                report(policies),
                claims,
                provenance,
                Arrays.stream(policies)
                        .map(policy -> policy.policyDomain() == null
                                ? ""
                                : policy.policyDomain().value())
                        .toArray(String[]::new)));
    }

    private void store(Arrival arrival) {
        store.store(List.of(arrival), List.of(), TABLE);
    }

    private Report report(Policy... policies) {
        return new Report(
                "Reporter",
                new DateRange(DAY, DAY.plusSeconds(86_399)),
                null,
                "id-" + reports++,
                List.of(policies),
                Set.of());
    }

    private static Arrival arrival(
            Report report, @Nullable MailClaims claims, Provenance provenance, String... domains) {
        Channel channel = claims == null ? Channel.HTTPS : Channel.MAILBOX;
        Origin origin = new Origin(UUID.randomUUID(), DAY, channel, "192.0.2.1", provenance, null, claims);
        return new Arrival(report, origin, report.toString().getBytes(StandardCharsets.UTF_8), List.of(domains));
    }

    private static Policy policy(String type, @Nullable String domain, long successful) {
        return policy(type, domain, List.of(), successful);
    }

    private static Policy sts(String domain, String host, long successful) {
        return policy("sts", domain, List.of(host), successful);
    }

    private static Policy policy(String type, @Nullable String domain, List<String> hosts, long successful) {
        return new Policy(
                new PolicyType(type),
                List.of(),
                domain == null ? null : new DomainName(domain),
                hosts,
                successful,
                0L,
                List.of(),
                Set.of());
    }
}
