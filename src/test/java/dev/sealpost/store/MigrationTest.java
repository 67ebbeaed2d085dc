package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.ReportIdentity;
import dev.sealpost.report.ReportReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an older program stored, in the newest tables. */
class MigrationTest {
    private static final String OLD = "20261124.6";
    private static final String HEAD =
            "{\"organization-name\":\"%s\",\"date-range\":{\"start-datetime\":\"%sT00:00:00Z\","
                    + "\"end-datetime\":\"%2$sT23:59:59Z\"},\"contact-info\":\"a@%s.example\",\"report-id\":\"%s\",\"policies\":[%s]}";
    private static final String POLICY = "{\"policy\":{\"policy-type\":\"%s\",\"policy-domain\":\"%s\"},\"summary\":"
            + "{\"total-successful-session-count\":%d,\"total-failure-session-count\":%d}}";

    private static final List<String> REPORTS = List.of(
            HEAD.formatted(
                    "Google",
                    "2026-11-20",
                    "google",
                    "g1",
                    POLICY.formatted("sts", "a.example", 90, 10) + "," + POLICY.formatted("odd", "a.example", 1, 2)),
            HEAD.formatted(
                    "Google",
                    "2026-11-20",
                    "google",
                    "g1",
                    POLICY.formatted("sts", "a.example", 1_000, 0) + "," + POLICY.formatted("odd", "a.example", 0, 0)),
            HEAD.formatted(
                    "Nord",
                    "2026-11-22",
                    "nord",
                    "n1",
                    POLICY.formatted("tlsa", "a.example", 7, 0) + ","
                            + POLICY.formatted("no-policy-found", "b.example", 5, 3)));

    private final TestDatabase database = TestDatabase.empty("migrated");

    @AfterAll
    static void drop() {
        TestDatabase.get().run("DROP SCHEMA migrated CASCADE");
    }

    @BeforeEach
    void migrate() throws IOException {
        database.migrate(OLD);
        String sql;
        try (InputStream file = Objects.requireNonNull(MigrationTest.class.getResourceAsStream("/old-reports.sql"))) {
            sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Arrival> arrivals = arrivals();
        for (int i = 0; i < arrivals.size(); i++) {
            byte[] identity = ReportIdentity.of(arrivals.get(i).report()).hash();
            sql = sql.replace(
                            "$" + (i + 1), "'" + oldId(identity, arrivals.get(i).json()) + "'")
                    .replace("#" + (i + 1), "'\\x" + HexFormat.of().formatHex(identity) + "'")
                    .replace("%" + (i + 1), REPORTS.get(i));
        }
        database.run(sql);
        database.migrate("latest");
    }

    /** As the older program made ids: a UUID of version 8 of the first 16 bytes of the hash. */
    private static UUID oldId(byte[] identity, byte[] json) {
        ByteBuffer hash = ByteBuffer.wrap(Arrays.copyOf(Sha256.of(identity, Sha256.of(json)), 16));
        return new UUID((hash.getLong() & ~0xF000L) | 0x8000L, (hash.getLong() & ~(0b11L << 62)) | (1L << 63));
    }

    private static List<Arrival> arrivals() {
        return IntStream.range(0, REPORTS.size())
                .mapToObj(MigrationTest::arrival)
                .toList();
    }

    private static Arrival arrival(int number) {
        byte[] json = REPORTS.get(number).getBytes(StandardCharsets.UTF_8);
        Readable readable = (Readable) new ReportReader(Limits.DEFAULT).read(json);
        return new Arrival(
                readable.report(),
                new Origin(
                        new UUID(9, number),
                        Instant.parse("2026-11-25T00:00:00Z"),
                        Channel.HTTPS,
                        "192.0.2.7",
                        Provenance.UNVERIFIED,
                        null),
                json,
                readable.report().policies().stream()
                        .map(Policy::policyDomain)
                        .map(domain -> Objects.requireNonNull(domain).value())
                        .toList());
    }

    @Test
    void idsAreThoseThatThisProgramMakes() {
        List<String> expected = new ArrayList<>();
        arrivals().forEach(arrival -> expected.add(ReportRow.of(arrival).id().toString()));
        for (String table : List.of("report", "report_raw")) {
            assertThat(database.rows("SELECT id FROM " + table))
                    .as(table)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(database.rows("SELECT DISTINCT report FROM policy")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(database.rows("SELECT DISTINCT id FROM report_copy")).containsExactly(expected.get(2));
        assertThat(database.rows("SELECT id FROM unclaimed_report")).containsExactly(expected.get(0));
    }

    @Test
    void numbersAndDetailsAreKept() {
        assertThat(database.rows("SELECT domain, successful, failed, reports, sts_successful, sts_failed, sts_reports,"
                        + " tlsa_successful, none_failed FROM daily_sessions ORDER BY domain, day"))
                .containsExactly(
                        "a.example|91|12|1|90|10|1|0|0", "a.example|7|0|1|0|0|0|7|0", "b.example|5|3|1|0|0|0|0|3");
        assertThat(database.rows("SELECT policy_type, successful, failed FROM daily_policy_sessions ORDER BY 1"))
                .containsExactly("no-policy-found|5|3", "odd|1|2", "sts|90|10", "tlsa|7|0");
        assertThat(database.rows("SELECT policy_type FROM daily_other_sessions"))
                .containsExactly("odd");
        assertThat(database.rows(
                        "SELECT domain, day, rule, successful, failed, reports, occurrences, failing, due FROM daily_domain"
                                + " ORDER BY 1, 2"))
                .containsExactly(
                        "a.example|2026-11-20|3|91|12|1|12|1|f",
                        "a.example|2026-11-22|3|7|0|1|0|0|f",
                        "b.example|2026-11-22|3|5|3|1|3|1|f");
        assertThat(database.rows(
                        "SELECT result_type, sum(failed), sum(cells) FROM rollup_failures GROUP BY 1 ORDER BY 1"))
                .containsExactly("certificate-expired|6|1", "unspecified|9|3");
        assertThat(database.rows(
                        "SELECT position, result_type, sending_mta_ip, sending_mta_inet, receiving_mx_hostname,"
                                + " receiving_mx_helo, receiving_ip, receiving_inet, failed, additional_information,"
                                + " failure_reason_code FROM failure_detail ORDER BY position"))
                .containsExactly(
                        "0|certificate-expired|192.0.2.9|192.0.2.9|mx.a.example|mx|not an address|null|6|more|X1",
                        "1|null|null|null|null|null|203.0.113.5|203.0.113.5|4|null|null");
        assertThat(database.rows("SELECT result_type, sum(failed) FROM failure_occurrence GROUP BY 1 ORDER BY 1"))
                .containsExactly("certificate-expired|6", "unspecified|9");
        assertThat(database.rows("SELECT report_id, received_at = best_at, counts, contested FROM report"
                        + " ORDER BY report_id, counts"))
                .containsExactly("g1|t|f|t", "g1|t|t|t", "n1|f|t|f");
    }

    @Test
    void theSameReportsAreDuplicatesAndNothingChanges() {
        List<String> before = database.dump();
        assertThat(database.store().store(arrivals(), List.of()).inserted()).isEmpty();
        assertThat(database.dump()).isEqualTo(before);
        assertThat(database.rows("SELECT count(*) FROM report_copy")).containsExactly("7");
    }

    @Test
    void theCellsAreWhatTheyAreDerivedAs() throws Exception {
        List<String> before = database.cells();
        try (java.sql.Connection connection = database.pool().getConnection()) {
            List<Unit> units = List.of(
                    new Unit("a.example", KnownReports.FRIDAY, "google"),
                    new Unit("a.example", KnownReports.SUNDAY, "nord"),
                    new Unit("b.example", KnownReports.SUNDAY, "nord"));
            assertThat(database.counting().derive(connection, units, java.util.Set::of))
                    .isTrue();
        }
        assertThat(database.cells()).isEqualTo(before);
    }
}
