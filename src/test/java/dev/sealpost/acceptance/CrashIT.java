package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every process is killed while reports come; CrashRun is the long form. */
class CrashIT {
    private static final int REPORTS = 3_000;

    @Test
    void everyReportCountsOnceWhicheverProcessDies() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(8);
        GeneratedReports generated = new GeneratedReports(seed, 100, first, 7);
        List<byte[]> reports = generated.packed(REPORTS);
        List<Parts.Victim> victims = Stream.of(Parts.Victim.values()).toList();
        try (Parts parts = new Parts(SharedSealpost.temporaryDirectory());
                PatientSenders senders = new PatientSenders(8, reports.iterator(), parts::intake)) {
            for (int kill = 0; kill < victims.size(); kill++) {
                senders.allow(REPORTS / victims.size());
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
                parts.kill(victims.get(kill), random);
            }
            Awaitility.await("all reports are taken")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> senders.taken() == REPORTS);
            parts.awaitTables(Duration.ofMinutes(2));
            System.out.printf("%d posts were made again%n", senders.again());
            assertThat(generated.truth().differences(parts.api())).isEmpty();
        }
    }
}
