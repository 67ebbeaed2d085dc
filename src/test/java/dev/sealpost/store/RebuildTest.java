package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifying finds whatever is wrong in the daily tables, and rebuilding makes it right, beside writers too. */
class RebuildTest {
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final Rebuild rebuild = new Rebuild(new WriteTransaction(database.pool()), database.counting());
    private final Verification verification =
            new Verification(new ReadTransaction(database.pool()), new Versions(), new DailyCells());
    private final List<Arrival> arrivals = new ArrayList<>();

    @BeforeEach
    void some() {
        database.clear();
        long seed = Long.getLong("sealpost.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        RandomReports reports = new RandomReports(new Random(seed), 0);
        for (int i = 0; i < 60; i++) {
            arrivals.add(reports.next());
        }
        arrivals.addAll(KnownReports.ALL);
    }

    private List<String> differences() {
        List<String> found = new ArrayList<>(verification.rollups(Scope.ALL));
        Verification.Checked checked = verification.next(Scope.ALL, Optional.empty(), 2);
        while (!checked.days().isEmpty()) {
            found.addAll(checked.differences());
            checked = verification.next(Scope.ALL, Optional.of(checked.days().getLast()), 2);
        }
        return found;
    }

    /** Derives everything, so many days in a transaction, and says how many were wrong of the sums over all domains. */
    private int rebuild(Scope scope, int most) {
        Optional<DomainDay> last = rebuild.begin(scope, NOW).last();
        while (true) {
            Rebuild.Step step = rebuild.next(scope, last, most, NOW);
            if (step.days().isEmpty()) {
                return rebuild.finish(scope);
            }
            last = Optional.of(step.days().getLast());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE daily_sessions SET failed = failed + 1 WHERE domain = 'a.example' AND organization = 'google'",
                "UPDATE daily_sessions SET organization_name = 'x'",
                "DELETE FROM daily_sessions WHERE organization = 'google'",
                "INSERT INTO daily_sessions (domain, day, organization, channel, provenance, organization_name, successful,"
                        + " failed, reports, saturated) VALUES ('a.example', '2026-11-20', 'nobody', 'https', 'upload', 'n', 1,"
                        + " 1, 1, false)",
                "INSERT INTO daily_other_sessions (domain, day, organization, channel, provenance, policy_type,"
                        + " organization_name, successful, failed, reports, saturated) VALUES ('nowhere.example',"
                        + " '2026-11-20', 'nobody', 'https', 'upload', 'x', 'n', 1, 1, 1, false)",
                "DELETE FROM daily_failures WHERE domain = 'a.example'",
                "UPDATE daily_failures SET saturated = true WHERE domain = 'a.example'",
                "UPDATE daily_domain SET successful = successful + 1",
                "UPDATE daily_domain SET occurrences = occurrences + 1",
                "UPDATE daily_domain SET failing = failing - 1",
                "DELETE FROM daily_domain WHERE domain = 'b.example'",
                "UPDATE rollup_failures SET cells = cells + 1 WHERE day = '2026-11-20'",
                "DELETE FROM rollup_failures",
                "INSERT INTO rollup_failures VALUES ('2026-11-20', 'sts', 'x', 3, 5, 1)",
                "UPDATE daily_failures SET of_type = of_type + 1",
                "UPDATE daily_failures SET of_all = 0",
                "UPDATE rollup_sessions SET reports = reports + 1 WHERE organization = 'google'",
                "DELETE FROM rollup_sessions",
                "UPDATE rollup_reporters SET failed = failed - 1 WHERE result_type = ''",
                "INSERT INTO rollup_reporters VALUES ('2026-11-20', 'nobody', 'x', 3, 'n', 5, 1)",
                "UPDATE report SET counts = NOT counts WHERE report_id = 'g3'",
                "UPDATE report SET contested = true WHERE report_id = 'g1'",
                "UPDATE policy SET aside = true WHERE domain = 'a.example'"
            })
    void whatIsWrongIsFoundAndMadeRight(String tampering) {
        store.store(arrivals, List.of());
        assertThat(differences()).isEmpty();
        List<String> right = database.dump();
        database.run(tampering);
        assertThat(differences()).isNotEmpty();
        rebuild(Scope.ALL, 3);
        assertThat(differences()).isEmpty();
        assertThat(database.dump()).isEqualTo(right);
    }

    @Test
    void aRebuildThatWasStoppedGoesOnWhereItWas() {
        store.store(arrivals, List.of());
        database.run("UPDATE daily_sessions SET reports = reports + 1");
        Scope scope = new Scope(Optional.empty(), Optional.of(KnownReports.FRIDAY), Optional.of("a.example"));
        rebuild.begin(Scope.ALL, NOW);
        List<DomainDay> first =
                rebuild.next(Scope.ALL, Optional.empty(), 2, NOW).days();
        assertThat(rebuild.begin(scope, NOW)).as("another scope").isEqualTo(new Rebuild.Place(Optional.empty(), 0));
        Rebuild.Place place = rebuild.begin(Scope.ALL, NOW);
        assertThat(place).isEqualTo(new Rebuild.Place(Optional.of(first.getLast()), 2));
        rebuild(Scope.ALL, 100);
        assertThat(differences()).isEmpty();
        assertThat(database.rows("SELECT scope FROM rebuild")).containsExactly(scope.toString());
    }

    @Test
    void aScopeLeavesTheRestAlone() {
        store.store(KnownReports.ALL, List.of());
        database.run("UPDATE daily_sessions SET failed = failed + 1");
        rebuild(new Scope(Optional.of(KnownReports.SUNDAY), Optional.empty(), Optional.of("b.example")), 1);
        assertThat(differences())
                .isNotEmpty()
                .allMatch(
                        difference -> difference.contains("a.example")
                                || difference.startsWith("rollup_sessions " + KnownReports.FRIDAY),
                        "b.example is right on all its days");
    }

    @Test
    void rebuildingBesideWritersLosesNothing() throws Exception {
        AtomicBoolean stored = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Integer> rebuilding = threads.submit(() -> {
                int rounds = 0;
                while (!stored.get() || rounds == 0) {
                    patiently(() -> rebuild(Scope.ALL, 2));
                    rounds++;
                }
                return rounds;
            });
            for (Arrival arrival : arrivals) {
                patiently(() -> store.store(List.of(arrival), List.of()));
            }
            stored.set(true);
            assertThat(rebuilding.get()).isPositive();
        }
        assertThat(differences()).isEmpty();
        List<String> beside = database.dump();
        database.clear();
        store.store(arrivals, List.of());
        assertThat(beside).isEqualTo(database.dump());
    }

    @Test
    void programsWithAnOlderAndANewerRuleLoseNothing() throws Exception {
        ReportStore older = store;
        ReportStore newer = database.store(database.countingByRule(DailyCells.RULE + 1));
        Rebuild newerRebuild =
                new Rebuild(new WriteTransaction(database.pool()), database.countingByRule(DailyCells.RULE + 1));
        newer.store(List.of(KnownReports.GOOGLE), List.of());
        List<String> cells = database.rows("SELECT * FROM daily_sessions");
        older.store(List.of(KnownReports.MICROSOFT), List.of());
        assertThat(database.rows("SELECT * FROM daily_sessions"))
                .as("cells of the newer rule")
                .isEqualTo(cells);
        assertThat(database.rows("SELECT domain, rule, due FROM daily_domain"))
                .containsExactly("a.example|" + (DailyCells.RULE + 1) + "|t");
        rebuild(Scope.ALL, 10);
        assertThat(rebuild.due(10).days())
                .as("the older program does not know how")
                .isEmpty();
        assertThat(database.rows("SELECT * FROM daily_sessions")).isEqualTo(cells);
        assertThat(newerRebuild.due(10).days()).containsExactly(new DomainDay("a.example", KnownReports.FRIDAY));

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Object>> programs = new ArrayList<>();
            for (ReportStore program : List.of(older, newer)) {
                programs.add(() -> {
                    for (int i = program == older ? 0 : 1; i < arrivals.size(); i += 2) {
                        int number = i;
                        patiently(() -> program.store(arrivals.subList(number, number + 1), List.of()));
                    }
                    return program;
                });
            }
            for (Future<Object> program : threads.invokeAll(programs)) {
                program.get();
            }
        }
        patiently(() -> newerRebuild.due(1_000));
        assertThat(database.rows("SELECT domain FROM daily_domain WHERE due")).isEmpty();
        database.run("UPDATE daily_domain SET rule = " + (DailyCells.RULE + 1));
        List<String> together = database.dump();
        database.clear();
        newer.store(arrivals, List.of());
        assertThat(together).isEqualTo(database.dump());
    }

    /** As the aggregator: writers that meet try again. */
    private static <T> T patiently(Callable<T> work) throws Exception {
        while (true) {
            try {
                return work.call();
            } catch (StoreUnavailableException passing) {
                assertThat(passing).hasMessageContaining("SQLSTATE 40");
            }
        }
    }
}
