package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.FRIDAY;
import static dev.sealpost.store.KnownReports.arrival;
import static dev.sealpost.store.KnownReports.detail;
import static dev.sealpost.store.KnownReports.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.Test;

/** Floods of invented names. {@code -Dsealpost.flood=1000000} makes more of them. */
class NameCapsTest extends OnEmptyTables {
    private static final int FLOOD = Integer.getInteger("sealpost.flood", 3_000);
    private static final int BATCH = 500;

    private final Map<NameKind, Long> capped = new HashMap<>();

    private void store(Arrival... arrivals) {
        store.store(
                        List.of(arrivals),
                        List.of(),
                        new UnclaimedLimits(domain -> true, domain -> false, Integer.MAX_VALUE))
                .capped()
                .forEach((kind, names) -> capped.merge(kind, names, Long::sum));
    }

    private interface Forgery {
        Arrival number(int number);
    }

    private void flood(Forgery forgery) {
        for (int at = 0; at < FLOOD; at += BATCH) {
            store(IntStream.range(at, Math.min(FLOOD, at + BATCH))
                    .mapToObj(forgery::number)
                    .toArray(Arrival[]::new));
        }
    }

    private long count(String sql) {
        return Long.parseLong(database.rows("SELECT count(" + sql).getFirst());
    }

    private static Arrival real(int number, String name) {
        return arrival(
                number,
                name,
                FRIDAY,
                "real-" + number,
                Provenance.DKIM_ALIGNED,
                policy(
                        "sts",
                        "a.example",
                        90,
                        10,
                        detail("certificate-expired", "192.0.2.2", number + ".mx.a.example", "203.0.113.6", 10, null)));
    }

    private static final String REAL = "SELECT s.organization_name, s.successful, s.failed, f.receiving_mx_hostname,"
            + " f.failed FROM daily_sessions s JOIN daily_failures f USING (domain, day, organization)"
            + " WHERE s.provenance = 'dkim-aligned' ORDER BY 1, 4";

    @Test
    void inventedReportersAreBoundedAndRealOnesAreNot() {
        store(real(1, "Google"));
        List<String> real = database.rows(REAL);
        flood(n -> arrival(
                1_000 + n, "Invented " + n, FRIDAY, "i" + n, Provenance.UNVERIFIED, policy("sts", "a.example", 7, 0)));
        store(real(2, "Late but real"));
        assertThat(count("DISTINCT organization) FROM daily_sessions")).isLessThanOrEqualTo(203);
        assertThat(count("*) FROM report")).isEqualTo(FLOOD + 2);
        assertThat(database.rows(REAL)).containsAll(real).hasSize(2);
        assertThat(database.rows(
                        "SELECT organization_name, reports FROM daily_sessions WHERE organization = '(other)'"))
                .containsExactly("(other)|" + Math.min(Unverified.MOST, FLOOD - 200));
        assertThat(capped).containsOnlyKeys(NameKind.ORGANIZATION);
        assertThat(capped.get(NameKind.ORGANIZATION)).isEqualTo(FLOOD - 200);
        // A reporter that a verified report names is known, whoever writes in its name.
        store(arrival(9, "Google", FRIDAY, "x", Provenance.UNVERIFIED, policy("sts", "a.example", 1, 0)));
        assertThat(count("*) FROM daily_sessions WHERE organization = 'google'"))
                .isEqualTo(2);
    }

    @Test
    void inventedHostsAndTypesAreBoundedAndSoAreTheirCombinations() {
        store(real(1, "Google"));
        List<String> real = database.rows(REAL);
        flood(n -> arrival(
                1_000 + n,
                "Invented " + n % 300,
                FRIDAY,
                "i" + n,
                Provenance.UNVERIFIED,
                policy(
                        "type-" + n,
                        "a.example",
                        7,
                        6,
                        detail("result-" + n, null, "mx-" + n + ".a.example", null, 3, null),
                        detail("certificate-expired", null, "mx-" + n * 7 + ".a.example", null, 2, null),
                        detail("result-" + n % 60, null, "mx-" + n % 600 + ".a.example", null, 1, null))));
        store(real(2, "Late but real"));
        assertThat(database.rows(REAL)).containsAll(real).hasSize(2);
        assertThat(count("DISTINCT receiving_mx_hostname) FROM daily_failures")).isLessThanOrEqualTo(500 + 4);
        assertThat(count("DISTINCT result_type) FROM daily_failures")).isLessThanOrEqualTo(50 + 11 + 2);
        assertThat(count("DISTINCT policy_type) FROM daily_other_sessions")).isLessThanOrEqualTo(20 + 1);
        assertThat(count("*) FROM daily_failures")).isLessThanOrEqualTo(10_000 + BATCH * 3 + 200 * 12 * 21);
        assertThat(capped.keySet()).containsExactlyInAnyOrder(NameKind.values());
        assertThat(database.rows("SELECT sum(failed) FROM rollup_failures"))
                .isEqualTo(database.rows("SELECT sum(failed) FROM daily_failures"));
    }

    @Test
    void theCellsArePureAfterTheFlood() {
        List<Arrival> all = new ArrayList<>();
        for (int n = 0; n < 600; n++) {
            all.add(arrival(
                    1_000 + n,
                    "Invented " + n,
                    FRIDAY,
                    "i" + n,
                    Provenance.UNVERIFIED,
                    policy("sts", "a.example", 7, 1, detail("odd-" + n, null, "mx-" + n, null, 1, null))));
        }
        store(all.toArray(Arrival[]::new));
        List<String> before = database.dump();
        // Their share moves into the sealed part and is derived from there and from the stored rows.
        store(all.subList(100, 500).toArray(Arrival[]::new));
        assertThat(database.dump()).as("all came again").isEqualTo(before);
        database.reportRetention().expire(java.time.Instant.parse("2026-12-20T00:00:00Z"), 100);
        assertThat(database.cells())
                .isEqualTo(before.stream()
                        .filter(row -> row.startsWith("daily") || row.startsWith("2"))
                        .toList());
    }
}
