package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.FRIDAY;
import static dev.sealpost.store.KnownReports.arrival;
import static dev.sealpost.store.KnownReports.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.Test;

/** Versions of one report, as many as somebody likes to invent. -Dsealpost.flood=1000000 for more of them. */
class VersionGateTest extends OnEmptyTables {
    private static final int FLOOD = Integer.getInteger("sealpost.flood", 3_000);
    private static final int BATCH = 500;
    private static final String COUNTED = "SELECT successful, reports FROM daily_sessions WHERE domain = 'a.example'";

    /** The number is the time at the door and, in the cell, what tells one version from the others. */
    private static Arrival version(int number, Provenance provenance) {
        return arrival(number, "Google", FRIDAY, "same", provenance, policy("sts", "a.example", number, 0));
    }

    private static Arrival version(int number) {
        return version(number, Provenance.UNVERIFIED);
    }

    private long stored() {
        return Long.parseLong(database.rows("SELECT count(*) FROM report").getFirst());
    }

    @Test
    void aFloodOfVersionsIsBoundedAndAVerifiedOneStillCounts() {
        long crowded = 0;
        for (int at = 0; at < FLOOD; at += BATCH) {
            List<Arrival> batch = IntStream.range(at, Math.min(FLOOD, at + BATCH))
                    .mapToObj(i -> version(10 + i))
                    .toList();
            crowded += store.store(batch, List.of()).crowded().size();
        }
        assertThat(stored()).isEqualTo(VersionGate.MOST);
        assertThat(crowded).isEqualTo(FLOOD - VersionGate.MOST);
        assertThat(database.rows(COUNTED)).containsExactly("10|1");
        assertThat(store(List.of(version(12)))).as("a copy").isEmpty();
        assertThat(database.rows("SELECT count(*) FROM report_copy")).containsExactly("0");
        assertThat(database.rows("SELECT DISTINCT reason FROM quarantine")).containsExactly("too-many-versions");
        assertThat(store(List.of(version(FLOOD + 10, Provenance.DKIM_ALIGNED)))).hasSize(1);
        assertThat(database.rows(COUNTED)).containsExactly(FLOOD + 10 + "|1");
        assertThat(database.rows("SELECT count(*) FROM report WHERE contested")).containsExactly("0");
    }

    @Test
    void whichVersionCountsDoesNotDependOnTheOrderOfArrival() {
        long seed = Long.getLong("sealpost.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        for (int round = 0; round < 4; round++) {
            database.clear();
            Random random = new Random(seed + round);
            List<Integer> numbers =
                    new ArrayList<>(IntStream.range(10, 310).boxed().toList());
            Collections.shuffle(numbers, random);
            for (int at = 0; at < numbers.size(); ) {
                int end = Math.min(numbers.size(), at + 1 + random.nextInt(80));
                store(numbers.subList(at, end).stream()
                        .map(VersionGateTest::version)
                        .toList());
                at = end;
            }
            assertThat(database.rows(COUNTED))
                    .as("seed %d, round %d", seed, round)
                    .containsExactly("10|1");
            // Beside the bound only those that came earlier to the door than all before them.
            assertThat(stored()).as("seed %d, round %d", seed, round).isBetween(100L, 130L);
        }
    }
}
