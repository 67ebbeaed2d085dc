package dev.sealpost.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * All reports of a directory through the door, sent again after each lost answer, while broker, PostgreSQL, intake and
 * aggregator, each a process of its own, are killed at random moments; then the totals are compared with what the directory
 * says of itself. See docs/performance.md.
 */
final class CrashRun {
    private static final int SENDERS = 16;

    private CrashRun() {}

    /** Runs with the directory, and optionally the number of kills and the seed. */
    public static void main(String[] arguments) throws Exception {
        CorpusFiles corpus = new CorpusFiles(Path.of(arguments[0]));
        int kills = Integer.parseInt(arguments.length > 1 ? arguments[1] : "100");
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.nanoTime();
        Random random = new Random(seed);
        Split.say("seed %d, %d reports, %d kills", seed, corpus.count(), kills);
        Truth truth = corpus.truth();
        long begin = System.nanoTime();
        List<String> differences;
        try (Parts parts = new Parts(SharedSealpost.temporaryDirectory());
                PatientSenders senders = new PatientSenders(SENDERS, corpus.reports(), parts::intake)) {
            Map<Parts.Victim, Integer> killed = new EnumMap<>(Parts.Victim.class);
            for (int kill = 1; kill <= kills; kill++) {
                // Reports come until the last kill.
                senders.allow(
                        (int) ((long) corpus.count() * kill / kills - (long) corpus.count() * (kill - 1) / kills));
                Parts.Victim victim = parts.draw(random);
                // Most die at work, some while they start.
                if (random.nextInt(4) > 0) {
                    awaitWork(parts, victim, senders);
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
                parts.kill(victim, random);
                killed.merge(victim, 1, Integer::sum);
                if (kill % 10 == 0) {
                    Split.say(
                            "%d s: killed %s, %d reports taken, %d posts made again",
                            (System.nanoTime() - begin) / 1_000_000_000, killed, senders.taken(), senders.again());
                }
            }
            while (senders.taken() < corpus.count()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            parts.awaitTables(Duration.ofMinutes(30));
            Split.say(
                    "%d s: all %d reports are in the tables",
                    (System.nanoTime() - begin) / 1_000_000_000, senders.taken());
            differences = truth.differences(parts.api());
        }
        tell(differences);
    }

    /** Until it is up and reports go through the door again; a slow machine gets a minute. */
    private static void awaitWork(Parts parts, Parts.Victim victim, PatientSenders senders)
            throws InterruptedException {
        int before = senders.taken();
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while ((!parts.isUp(victim) || senders.taken() == before) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void tell(List<String> differences) {
        Split.say("compared with the truth: %s", differences.isEmpty() ? "equal" : "DIFFERENT");
        differences.forEach(difference -> Split.say("  %s", difference));
        System.exit(differences.isEmpty() ? 0 : 1);
    }
}
