package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DateRange;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.Report;
import dev.sealpost.report.ResultType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables after any batches of the same arrivals, in any order, any number of times. */
class ReportStoreTest extends OnEmptyTables {
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final String SESSIONS = "SELECT domain, successful, failed, reports FROM daily_sessions ORDER BY 1";

    @Test
    void policiesOfOneTypeAddUpAndStsAndTlsaAreTheSameSessions() {
        store(List.of(arrival(1, "Microsoft", "a", policy("sts", 10, 2), policy("tlsa", 10, 2))));
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|10|2|1");
        store(List.of(
                arrival(2, "Google", "b", policy("sts", 5, 0), policy("sts", 6, 1), policy("no-policy-found", 7, 0))));
        assertThat(database.rows("SELECT organization_name, successful, failed FROM daily_sessions ORDER BY 1"))
                .containsExactly("Google|18|1", "Microsoft|10|2");
        assertThat(database.rows(
                        "SELECT policy_type, sum(successful) FROM daily_policy_sessions GROUP BY 1 ORDER BY 1"))
                .containsExactly("no-policy-found|7", "sts|21", "tlsa|10");
    }

    @Test
    void aFailedPolicyWithoutDetailsIsUnspecified() {
        store(List.of(arrival(1, "Silent", "a", policy("sts", 0, 9))));
        assertThat(database.rows("SELECT result_type, failed, reports FROM daily_failures"))
                .containsExactly("unspecified|9|1");
    }

    @Test
    void detailsAreGroupedByTypeAndMx() {
        Policy policy = policy(
                "sts",
                1,
                4,
                detail("certificate-expired", "mx1.example.org", 2L),
                detail("certificate-expired", "mx1.example.org", 1L),
                detail("certificate-expired", null, 1L),
                detail(null, "mx1.example.org", null));
        store(List.of(arrival(1, "Detailed", "a", policy)));
        assertThat(database.rows(
                        "SELECT result_type, receiving_mx_hostname, failed, reports FROM daily_failures ORDER BY 1, 2"))
                .containsExactly(
                        "certificate-expired||1|1",
                        "certificate-expired|mx1.example.org|3|1",
                        "unspecified|mx1.example.org|0|1");
    }

    @Test
    void sumsAreCutAndMarked() {
        store(List.of(
                arrival(1, "Huge", "a", policy("sts", Long.MAX_VALUE, 1)),
                arrival(2, "Huge", "b", policy("sts", Long.MAX_VALUE, 1))));
        assertThat(database.rows("SELECT successful, failed, saturated FROM daily_sessions"))
                .containsExactly("9223372036854775807|2|t");
    }

    @Test
    void cellsOfOneReporterMayOverflowSideBySide() {
        long half = 1L << 62;
        store(List.of(
                arrival(1, "Huge", "a", Provenance.UPLOAD, policy("sts", half, half)),
                arrival(2, "Huge", "b", Provenance.UPLOAD, policy("sts", half, half)),
                arrival(3, "Huge", "c", Provenance.DKIM_ALIGNED, policy("sts", half, half))));
        store(List.of(
                arrival(4, "Huge", "d", Provenance.DKIM_ALIGNED, policy("sts", half, half)),
                arrival(5, "Huge", "e", Provenance.UPLOAD, policy("sts", half, half))));
        assertThat(database.rows("SELECT DISTINCT successful, failed, saturated FROM daily_sessions"))
                .containsExactly("9223372036854775807|9223372036854775807|t");
        assertThat(database.rows("SELECT DISTINCT failed, saturated FROM daily_failures"))
                .containsExactly("9223372036854775807|t");
    }

    @Test
    void eachRowIsNamedByThoseWhoReportIt() {
        store(List.of(
                arrival(1, "ACME", "a", policy("sts", 1, 0)),
                arrival(2, "acme", "b", policy("x-new", 1, 1)),
                arrival(3, "Acme", "c", policy("x-new", 1, 1))));
        assertThat(database.rows("SELECT organization_name FROM daily_sessions"))
                .containsExactly("ACME");
        assertThat(database.rows("SELECT organization_name FROM daily_other_sessions"))
                .containsExactly("Acme");
        assertThat(database.rows("SELECT organization_name FROM daily_failures"))
                .containsExactly("Acme");
    }

    @Test
    void theFirstOfTwoVersionsCountsAndBothAreContested() {
        Arrival first = arrival(1, "Twice", "a", policy("sts", 1, 0));
        Arrival second = arrival(2, "Twice", "a", policy("sts", 100, 0));
        for (List<Arrival> order : List.of(List.of(first, second), List.of(second, first))) {
            database.clear();
            order.forEach(arrival -> store(List.of(arrival)));
            assertThat(database.rows(SESSIONS)).containsExactly("example.org|1|0|1");
            assertThat(database.rows("SELECT counts, contested FROM report ORDER BY counts"))
                    .containsExactly("f|t", "t|t");
        }
    }

    @Test
    void betterProvenanceCountsWheneverItComesAndACopyLiftsItsReport() {
        Arrival forged = arrival(1, "Bank", "a", Provenance.UNVERIFIED, policy("sts", 1_000_000, 0));
        Arrival anonymous = arrival(2, "Bank", "a", Provenance.UNVERIFIED, policy("sts", 3, 1));
        Arrival uploaded = arrival(3, "Bank", "a", Provenance.UPLOAD, policy("sts", 3, 1));
        Arrival signed = arrival(4, "Bank", "a", Provenance.DKIM_ALIGNED, policy("sts", 3, 1));
        List<String> expected = null;
        for (List<Arrival> order : permutations(List.of(forged, anonymous, uploaded, signed))) {
            for (int cuts = 0; cuts < 8; cuts++) {
                database.deleteCounted();
                List<List<Arrival>> batches = cut(order, cuts);
                batches.forEach(this::store);
                assertThat(database.rows("SELECT provenance, successful, failed, reports FROM daily_sessions"))
                        .as("in batches of %s", batches.stream().map(List::size).toList())
                        .containsExactly("dkim-aligned|3|1|1");
                expected = expected == null ? database.dump() : expected;
                assertThat(database.dump()).isEqualTo(expected);
            }
        }
    }

    /** Batches that end after the places whose bits are set. */
    private static List<List<Arrival>> cut(List<Arrival> order, int cuts) {
        List<List<Arrival>> batches = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= order.size(); i++) {
            if (i == order.size() || (cuts & 1 << (i - 1)) != 0) {
                batches.add(order.subList(start, i));
                start = i;
            }
        }
        return batches;
    }

    @Test
    void anyOrderAnySplitAndAnyRepeatGiveTheSameTables() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String type = List.of("sts", "tlsa", "no-policy-found").get(random.nextInt(3));
            arrivals.add(arrival(
                    i,
                    "Reporter " + random.nextInt(4),
                    "id-" + random.nextInt(12),
                    random.nextBoolean() ? Provenance.UNVERIFIED : Provenance.UPLOAD,
                    policy(type, random.nextInt(5), random.nextInt(3))));
        }
        store(arrivals);
        List<String> expected = database.dump();
        for (int round = 0; round < 40; round++) {
            database.clear();
            List<Arrival> shuffled = new ArrayList<>(arrivals);
            shuffled.addAll(arrivals.subList(0, random.nextInt(arrivals.size())));
            Collections.shuffle(shuffled, random);
            for (int at = 0; at < shuffled.size(); ) {
                int end = Math.min(shuffled.size(), at + 1 + random.nextInt(15));
                store(shuffled.subList(at, end));
                at = end;
            }
            assertThat(database.dump()).isEqualTo(expected);
        }
    }

    @Test
    void manyWritersOfOneCellLoseNothing() throws Exception {
        List<Callable<Object>> writers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int number = i;
            writers.add(() -> store(List.of(
                    arrival(number, "Busy", "id-" + number, policy("sts", 1, 0)),
                    arrival(100 + number, "Busy", "id-" + (number + 1) % 60, policy("sts", 1, 0)))));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Object> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        assertThat(database.rows(SESSIONS)).containsExactly("example.org|60|0|60");
    }

    private static Arrival arrival(int number, String organization, String id, Policy... policies) {
        return arrival(number, organization, id, Provenance.UNVERIFIED, policies);
    }

    private static Arrival arrival(
            int number, String organization, String id, Provenance provenance, Policy... policies) {
        Report report = new Report(
                organization,
                new DateRange(DAY, DAY.plusSeconds(86_399)),
                "tlsrpt@sender.example",
                id,
                List.of(policies),
                Set.of());
        // As good as the JSON here: equal reports have equal bytes.
        byte[] json = report.toString().getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin(
                new UUID(0, number), DAY.plusSeconds(100_000 + number), Channel.HTTPS, "192.0.2.1", provenance, null);
        return new Arrival(report, origin, json, Collections.nCopies(policies.length, "example.org"));
    }

    private static Policy policy(String type, long successful, long failed, FailureDetail... details) {
        return new Policy(
                new PolicyType(type),
                List.of(),
                new DomainName("example.org"),
                List.of(),
                successful,
                failed,
                Arrays.asList(details),
                Set.of());
    }

    private static FailureDetail detail(@Nullable String type, @Nullable String mx, @Nullable Long failed) {
        return new FailureDetail(
                type == null ? null : new ResultType(type), "192.0.2.1", mx, null, null, failed, null, null);
    }

    private static List<List<Arrival>> permutations(List<Arrival> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Arrival>> all = new ArrayList<>();
        for (Arrival first : items) {
            List<Arrival> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<Arrival> tail : permutations(rest)) {
                List<Arrival> whole = new ArrayList<>(List.of(first));
                whole.addAll(tail);
                all.add(whole);
            }
        }
        return all;
    }
}
