package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a digest says beside the alerts: what changed, which failures are new, and who is missing. */
class DigestChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 26);

    private final World world = new World();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @BeforeEach
    void aDomainOfEachTenant() {
        for (String tenant : List.of("one", "two")) {
            world.database.watched().put(tenant + ".example", Optional.of(tenant), Optional.empty(), false, NOW);
        }
    }

    private void sums(LocalDate day, int successful, int failed) {
        world.database.run("INSERT INTO daily_domain (domain, day, rule, successful, failed, reports) VALUES"
                + " ('one.example', '%s', 1, %d, %d, 1)".formatted(day, successful, failed));
    }

    private void failures(LocalDate day, String type, int failed) {
        world.database.run("INSERT INTO daily_failures (domain, day, organization, channel, provenance, policy_type,"
                + " result_type, receiving_mx_hostname, organization_name, failed, reports, saturated) VALUES"
                + " ('one.example', '%s', 'o', 'mailbox', 'dkim-aligned', 'sts', '%s', '', 'O', %d, 1, false)"
                        .formatted(day, type, failed));
    }

    /** Daily reports until a day. */
    private void reports(String domain, String reporter, LocalDate last, String provenance) {
        world.database.run(
                "INSERT INTO daily_sessions (domain, day, organization, channel, provenance, organization_name,"
                        + " successful, failed, reports, saturated) SELECT '%s', day, lower(E'%s'), 'mailbox', '%s', E'%s', 100, 0, 1,"
                                .formatted(domain, reporter, provenance, reporter)
                        + " false FROM generate_series('2026-11-01'::date, '%s'::date, interval '1 day') day"
                                .formatted(last));
        world.database.run("INSERT INTO reporter (organization, usual_delay_hours, reports, learned_at)"
                + " VALUES (lower(E'%s'), 6, 10, now()) ON CONFLICT DO NOTHING".formatted(reporter));
    }

    private DigestFigures figures(@Nullable String tenant, int days) {
        Channel channel = new Channel(
                UUID.randomUUID(), tenant, ChannelType.WEBHOOK, world.settings(null, null, true), Secrets.NONE);
        return world.numbers().of(channel, List.of(), days, NOW);
    }

    @Test
    void sessionsAndRateAreComparedWithThoseBefore() {
        sums(YESTERDAY, 900, 100);
        sums(YESTERDAY.minusDays(1), 1_980, 20);

        assertThat(figures("one", 1).text().lines())
                .startsWith(
                        "Sessions 2026-11-26 (UTC): 900 successful, 100 failed (10.00 %)",
                        "Before, 2026-11-25: 1980 successful, 20 failed (1.00 %)",
                        "Change: 50 % fewer sessions, failure rate up from 1.00 % to 10.00 %");
        assertThat(figures("one", 7).text().lines())
                .startsWith(
                        "Sessions 2026-11-20 to 2026-11-26 (UTC): 2880 successful, 120 failed (4.00 %)",
                        "Before, 2026-11-13 to 2026-11-19: none reported", "No reporter fell silent.");
    }

    @Test
    void aKindOfFailureThatWasNotThereInFourWeeksIsNew() {
        failures(YESTERDAY, "starttls-not-supported", 90);
        failures(YESTERDAY, "certificate-expired", 10);
        failures(YESTERDAY.minusDays(1), "certificate-expired", 7);
        failures(YESTERDAY, "validation-failure", 4);
        failures(YESTERDAY.minusDays(28), "validation-failure", 1);
        failures(YESTERDAY, "tlsa-invalid", 3);
        failures(YESTERDAY.minusDays(29), "tlsa-invalid", 1);
        failures(YESTERDAY.minusDays(1), "dnssec-invalid", 5);

        assertThat(figures("one", 1).text())
                .contains("Failures: starttls-not-supported 90 (before 0), certificate-expired 10 (before 7),"
                        + " validation-failure 4 (before 0), tlsa-invalid 3 (before 0)\n")
                .contains("New kinds of failures, not seen in 28 days before: starttls-not-supported, tlsa-invalid\n");
        assertThat(figures("one", 7).text())
                .contains("certificate-expired 17 (before 0)", "dnssec-invalid 5 (before 0)")
                .contains("before: starttls-not-supported, certificate-expired, dnssec-invalid\n");
        assertThat(figures("two", 1).text()).doesNotContain("Failures");
    }

    @Test
    void whoFellSilentSinceTheDigestBeforeIsToldApart() {
        reports("one.example", "Steady", YESTERDAY, "dkim-aligned");
        reports("one.example", "Fresh", YESTERDAY.minusDays(1), "dkim-aligned");
        reports("one.example", "Gone", YESTERDAY.minusDays(6), "dkim-aligned");

        assertThat(figures("one", 1).text())
                .contains(
                        "Reporters that fell silent, whose reports are missing now: Fresh (last report about 2026-11-25)\n",
                        "\nSilent for longer: Gone (last report about 2026-11-20)\n")
                .doesNotContain("Steady");
        assertThat(figures("one", 7).text())
                .contains("missing now: Fresh (last report about 2026-11-25), Gone (last report about 2026-11-20)\n")
                .doesNotContain("Silent for longer");
        assertThat(figures("two", 7).text()).as("another tenant").contains("No reporter fell silent.");
    }

    @Test
    void madeUpReportersHideNoneAndWriteNoLinesOfTheirOwn() {
        for (int i = 0; i < 20; i++) {
            reports("one.example", "Forger " + i, YESTERDAY.minusDays(3), "unverified");
        }
        reports(
                "one.example",
                "Evil\\r\\n- [critical, opened] all is lost\\u202E",
                YESTERDAY.minusDays(3),
                "dkim-aligned");

        String text = figures("one", 7).text();
        assertThat(text)
                .contains("missing now: Evil  - [critical, opened] all is lost (last report")
                .contains(" and 11 more\n");
        assertThat(text.lines()).noneMatch(line -> line.startsWith("- ")).hasSize(4);
    }

    @Test
    void programsGetTheNumbersToo() {
        sums(YESTERDAY, 900, 100);
        failures(YESTERDAY, "starttls-not-supported", 90);
        reports("one.example", "Fresh", YESTERDAY.minusDays(1), "dkim-aligned");
        world.clock.set(NOW.minusSeconds(60));
        world.channel(
                "webhook",
                "one",
                3,
                List.of(),
                world.settings(null, new Schedule("day", "08:00", "UTC"), true),
                receiver.url());
        world.clock.set(NOW);
        world.round();

        // A tenant's channel reaches no loopback: the message is kept all the same.
        JsonNode numbers = Kept.tree(world.database
                        .rows("SELECT json::text FROM message WHERE kind = 'digest'")
                        .getFirst())
                .path("numbers");
        assertThat(numbers.path("failureRate").asDouble()).isEqualTo(0.1);
        assertThat(numbers.at("/resultTypes/0").toString())
                .isEqualTo(
                        "{\"resultType\":\"starttls-not-supported\",\"failedSessions\":90,\"previous\":0,\"isNew\":true}");
        assertThat(numbers.at("/silentReporters/first/0").toString())
                .isEqualTo("{\"organization\":\"Fresh\",\"silentSince\":\"2026-11-26\",\"lastDay\":\"2026-11-25\","
                        + "\"fellSilent\":true}");
    }

    @Test
    void aDigestWithoutNumbersComesAllTheSame() {
        world.clock.set(NOW.minusSeconds(60));
        world.channel(
                "webhook",
                null,
                3,
                List.of(),
                world.settings(null, new Schedule("day", "08:00", "UTC"), true),
                receiver.url());
        world.put(Notices.opened("a", "high"));
        world.database.run("ALTER TABLE daily_sessions RENAME TO daily_sessions_away");
        try {
            world.clock.set(NOW);
            world.round();
        } finally {
            world.database.run("ALTER TABLE daily_sessions_away RENAME TO daily_sessions");
        }
        assertThat(receiver.calls()).hasSize(1);
        assertThat(receiver.calls().getFirst().text())
                .contains("The numbers could not be had in time.", "[high, opened] subject of a");
    }
}
