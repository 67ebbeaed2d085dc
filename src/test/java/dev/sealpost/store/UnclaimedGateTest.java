package dev.sealpost.store;

import static dev.sealpost.store.UnclaimedReports.DOOR;
import static dev.sealpost.store.UnclaimedReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.Test;

/**
 * How many reports of unclaimed domains are stored, and that doing it again changes nothing. -Dsealpost.flood=1000000 for
 * more of them.
 */
class UnclaimedGateTest extends OnEmptyTables {
    private static final int FLOOD = Integer.getInteger("sealpost.flood", 3_000);
    private static final String STORED = "SELECT count(*) FROM report";
    private static final String COUNTS = "SELECT prefix, stored, over FROM unclaimed_count ORDER BY prefix";

    private static final String REAL = "SELECT * FROM daily_sessions WHERE domain = 'configured.example'";

    private final WatchedTable watched = database.watched();

    private ReportStore.Stored store(long perDay, List<Arrival> arrivals) {
        return store.store(
                arrivals, List.of(), new UnclaimedLimits("configured.example"::equals, domain -> false, perDay));
    }

    private static List<Arrival> flood(int from, int to, String source) {
        return IntStream.range(from, to)
                .mapToObj(i -> report(i, source, "d" + i + ".example"))
                .toList();
    }

    @Test
    void aFullDayStillTakesTheFirstReportsOfOtherSourcesUpToTheBound() {
        assertThat(store(4, flood(0, 10, "192.0.2.7")).over()).hasSize(6);
        assertThat(store(4, flood(10, 20, "192.0.2.8")).over())
                .as("the same network")
                .hasSize(10);
        assertThat(store(4, flood(20, 22, "198.51.100.1")).over()).hasSize(1);
        assertThat(store(4, flood(30, 32, "2001:db8:1:2::1")).over()).hasSize(1);
        assertThat(store(4, flood(40, 41, "2001:db8:1:ffff::1")).over()).hasSize(1);
        assertThat(store(4, flood(50, 51, "2001:db8:2::1")).over()).isEmpty();
        assertThat(store(4, flood(60, 61, "203.0.113.1")).over()).isEmpty();
        assertThat(store(4, flood(70, 71, "203.0.114.1")).over())
                .as("twice the day")
                .hasSize(1);
        assertThat(database.rows(STORED)).containsExactly("8");
        assertThat(database.rows(COUNTS))
                .containsExactly(
                        "|8|t",
                        "192.0.2.0/24|4|f",
                        "198.51.100.0/24|1|f",
                        "2001:db8:1:0:0:0:0:0/48|1|f",
                        "2001:db8:2:0:0:0:0:0/48|1|f",
                        "203.0.113.0/24|1|f");
        assertThat(database.rows("SELECT count(*) FROM unclaimed_report")).containsExactly("8");
    }

    @Test
    void aFloodOfInventedDomainsFromEverywhereIsBoundedAndLeavesWatchedOnesAlone() {
        store(50, List.of(report(1, "192.0.2.1", "configured.example")));
        List<String> real = database.rows(REAL);
        int batch = 500;
        for (int at = 0; at < FLOOD; at += batch) {
            store(
                    50,
                    IntStream.range(at, Math.min(FLOOD, at + batch))
                            .mapToObj(i -> report(
                                    10 + i,
                                    new UUID(7, i),
                                    "10." + i / 256 % 256 + "." + i % 256 + ".1",
                                    DOOR,
                                    "d" + i + ".example"))
                            .toList());
        }
        assertThat(database.rows(REAL)).isEqualTo(real);
        store(50, List.of(report(2, "192.0.2.1", "configured.example")));
        assertThat(database.rows("SELECT reports FROM daily_domain WHERE domain = 'configured.example'"))
                .containsExactly("2");
        // Twice the day, and the watched ones.
        assertThat(database.rows(STORED)).containsExactly("102");
        for (String table : List.of("report_raw", "policy", "daily_domain", "daily_sessions", "unclaimed_count")) {
            assertThat(Integer.parseInt(
                            database.rows("SELECT count(*) FROM " + table).getFirst()))
                    .as(table)
                    .isBetween(51, 102);
        }
        assertThat(database.rows(
                        "SELECT count(DISTINCT bucket) <= 64 AND count(DISTINCT (policy_type, result_type)) = 1"
                                + " FROM rollup_failures"))
                .containsExactly("t");
    }

    @Test
    void aFloodOfInventedDomainsBesideAWatchedOneIsBoundedTooAndAgainChangesNothing() {
        int batch = 500;
        for (int at = 0; at < FLOOD; at += batch) {
            List<Arrival> arrivals = IntStream.range(at, Math.min(FLOOD, at + batch))
                    .mapToObj(i -> report(
                            i,
                            new UUID(7, i),
                            "10." + i / 256 % 256 + "." + i % 256 + ".1",
                            DOOR,
                            "configured.example",
                            "a" + i + ".example",
                            "b" + i + ".example"))
                    .toList();
            ReportStore.Stored stored = store(50, arrivals);
            assertThat(stored.inserted()).hasSameSizeAs(arrivals);
            // What was taken in full, each with two of them.
            assertThat(stored.uncounted()).isEqualTo(2L * (arrivals.size() - (at == 0 ? 100 : 0)));
            assertThat(store(50, arrivals).uncounted()).isZero();
        }
        assertThat(database.rows(STORED)).containsExactly("" + FLOOD);
        assertThat(database.rows("SELECT count(*) FROM policy")).containsExactly("" + 3 * FLOOD);
        for (String table : List.of("daily_domain", "daily_sessions")) {
            assertThat(database.rows("SELECT count(*) FROM " + table)).containsExactly("201");
        }
        assertThat(database.rows("SELECT reports FROM daily_domain WHERE domain = 'configured.example'"))
                .containsExactly("" + Math.min(FLOOD, 1_000));
        assertThat(database.rows("SELECT count(*) FROM unclaimed_report")).containsExactly("0");
    }

    @Test
    void ofOneBatchAReportThatComesTwiceIsCountedAsItWouldBeAlone() {
        UUID later = new UUID(7, 2);
        List<Arrival> twice = List.of(
                report(1, later, "192.0.2.1", DOOR.plusSeconds(1), "configured.example", "beside.example"),
                report(1, new UUID(7, 1), "192.0.2.1", DOOR, "configured.example", "beside.example"));
        assertThat(store(1, twice).uncounted()).isZero();
        assertThat(database.rows("SELECT domain FROM daily_domain ORDER BY domain"))
                .containsExactly("beside.example", "configured.example");
    }

    @Test
    void whatIsKnownOfItsSenderOrWasUploadedIsCountedForAllItsDomains() {
        Arrival unverified = report(1, "192.0.2.1", "configured.example", "beside.example");
        Origin origin = unverified.origin();
        assertThat(store(0, List.of(unverified)).uncounted()).isOne();
        assertThat(database.rows("SELECT domain FROM daily_domain")).containsExactly("configured.example");
        Arrival verified = new Arrival(
                report(2, "192.0.2.1", "configured.example", "beside.example").report(),
                new Origin(
                        UUID.randomUUID(),
                        origin.received(),
                        origin.channel(),
                        origin.source(),
                        Provenance.TRUSTED_SOURCE,
                        null),
                new byte[] {2},
                unverified.domains());
        Arrival uploaded = new Arrival(
                report(3, "192.0.2.1", "configured.example", "archive.example").report(),
                new Origin(
                        UUID.randomUUID(), origin.received(), Channel.UPLOAD, origin.source(), Provenance.UPLOAD, null),
                new byte[] {3},
                List.of("configured.example", "archive.example"));
        assertThat(store(0, List.of(verified, uploaded)).uncounted()).isZero();
        assertThat(database.rows("SELECT domain, reports FROM daily_domain ORDER BY domain"))
                .containsExactly("archive.example|1", "beside.example|1", "configured.example|3");
    }

    @Test
    void watchedDomainsAreStoredHoweverFullTheDayIs() {
        watched.put("table.example", Optional.empty(), Optional.empty(), false, DOOR);
        List<Arrival> arrivals = List.of(
                report(1, "192.0.2.1", "configured.example", "x.example"),
                report(2, "192.0.2.1", "y.example", "table.example"),
                report(3, "192.0.2.1", "z.example"));
        ReportStore.Stored stored = store(0, arrivals);
        assertThat(stored.over()).containsExactly(arrivals.get(2));
        assertThat(stored.inserted()).hasSize(2);
        watched.remove("table.example");
        assertThat(store(0, List.of(report(4, "192.0.2.1", "table.example"))).over())
                .hasSize(1);
    }

    @Test
    void aNewDayHasItsOwnCounts() {
        Arrival tomorrow =
                report(50, UUID.randomUUID(), "192.0.2.1", DOOR.plus(Duration.ofDays(1)), "tomorrow.example");
        store(1, flood(0, 3, "192.0.2.1"));
        assertThat(store(1, List.of(tomorrow)).over()).isEmpty();
    }

    @Test
    void theSameArrivalsInAnyCompanyStoreTheSameNumberAndAgainChangeNothing() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            database.clear();
            List<List<Arrival>> batches = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int first = random.nextInt(60);
                String source = "192.0." + random.nextInt(5) + ".1";
                batches.add(flood(first, first + random.nextInt(20), source));
            }
            batches.forEach(batch -> store(15, batch));
            List<String> tables = database.dump();
            List<String> counts = database.rows(COUNTS);
            String stored = database.rows(STORED).getFirst();
            assertThat(counts.getFirst())
                    .as("what is counted is what is stored")
                    .startsWith("|" + stored + "|");
            assertThat(Integer.parseInt(stored)).isBetween(15, 30);
            for (List<Arrival> batch : batches) {
                assertThat(store(15, batch).inserted()).isEmpty();
            }
            assertThat(database.dump()).isEqualTo(tables);
            assertThat(database.rows(COUNTS)).isEqualTo(counts);
        }
    }

    @Test
    void manyWritersNeverStoreMoreThanTheDayHas() throws Exception {
        List<Callable<Object>> writers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int first = 5 * i;
            writers.add(() -> store(20, flood(first, first + 7, "192.0.2.1")));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Object> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        assertThat(database.rows(STORED)).containsExactly("20");
        assertThat(database.rows(COUNTS)).contains("|20|t");
    }

    @Test
    void theSameUnclaimedReportOverAndOverIsBounded() {
        for (int i = 0; i < 10; i++) {
            List<Arrival> same = IntStream.range(0, 10)
                    .mapToObj(n -> report(1, UUID.randomUUID(), "192.0.2.1", DOOR, "same.example"))
                    .toList();
            store(10, same);
        }
        assertThat(database.rows(STORED)).containsExactly("1");
        assertThat(Integer.parseInt(
                        database.rows("SELECT count(*) FROM report_copy").getFirst()))
                .isBetween(16, 26);
    }
}
