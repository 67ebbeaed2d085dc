package dev.sealpost.acceptance;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;

/**
 * Reports through the door to the tables, with intake, aggregator, broker and database as processes of this machine: how many
 * a second are in the tables when as many are posted as the door answers, and, at half of that rate, how long after its 200
 * a report is to be seen over REST. See docs/performance.md.
 */
final class PipelineRun {
    private static final int DAYS = 30;
    private static final int DOMAINS = 5_000;
    private static final int WARM_UP = 60_000;
    private static final int CONNECTIONS = 256;

    /** Reports whose way is watched, a second. */
    private static final int PROBES = 5;

    private PipelineRun() {}

    /** Runs with the number of reports given, the seconds of the second part, and optionally its rate. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments.length > 0 ? arguments[0] : "300000");
        int seconds = Integer.parseInt(arguments.length > 1 ? arguments[1] : "60");
        int rate = Integer.parseInt(arguments.length > 2 ? arguments[2] : "0");
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS + 1L);
        GeneratedReports reports = new GeneratedReports(1, DOMAINS, first, DAYS);
        try (Split split = new Split();
                Topic topic = new Topic(split.data())) {
            SealpostProcess intake = split.start("intake");
            split.start("aggregator");
            through(split, topic, intake, reports, WARM_UP, "warm-up");
            double sustained = through(split, topic, intake, reports, count, "measured");
            int half = rate == 0 ? (int) (sustained / 2) : rate;
            freshness(split, intake, reports, half, seconds);
            while (topic.lag() > 0) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            List<String> differences = reports.truth().differences(split.api());
            Split.say("compared with the truth: %s", differences.isEmpty() ? "equal" : "DIFFERENT " + differences);
            Split.say("%s", split.memory());
        }
    }

    private static double through(
            Split split, Topic topic, SealpostProcess intake, GeneratedReports reports, int count, String name)
            throws Exception {
        List<byte[]> bodies = reports.packed(count);
        PostLoad load = new PostLoad(bodies.iterator(), 0);
        Map<String, Double> before = split.cpu();
        long begin = System.nanoTime();
        load.run(intake.port(), CONNECTIONS);
        double answered = (System.nanoTime() - begin) / 1e9;
        long left = topic.lag();
        while (topic.lag() > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        double stored = (System.nanoTime() - begin) / 1e9;
        Split.say(
                "%s: %d posts %s, answered in %.1f s (%.0f/s), %d of them not stored then, all in the tables after %.1f s: %.0f/s",
                name, count, load.answers(), answered, count / answered, left, stored, count / stored);
        Split.say("%s", Split.spent(before, split.cpu(), count));
        return count / stored;
    }

    private static void freshness(Split split, SealpostProcess intake, GeneratedReports reports, int rate, int seconds)
            throws Exception {
        int count = rate * seconds;
        int pool = Math.min(count, 400_000);
        List<byte[]> bodies = reports.packed(pool);
        // What is posted again is a duplicate: it costs the way there, but no more than that, so better have enough.
        Iterator<byte[]> some = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return bodies.get(next++ % pool);
            }
        };
        PostLoad load = new PostLoad(some, rate);
        Map<String, Double> before = split.cpu();
        long begin = System.nanoTime();
        Thread posting = Thread.ofPlatform().start(() -> {
            try {
                load.run(intake.port(), CONNECTIONS);
            } catch (IOException broken) {
                Split.say("the load broke: %s", broken);
            }
        });
        Probes probes = new Probes(split.api(), intake);
        for (int i = 0; i < seconds * PROBES; i++) {
            long wait = begin + i * (1_000_000_000L / PROBES) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
            probes.post(i);
        }
        posting.join();
        double took = (System.nanoTime() - begin) / 1e9;
        List<Long> sorted = probes.seen();
        Split.say(
                "freshness at %d/s for %.1f s (%s): %d reports, 200 to visible p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, largest %.0f ms",
                rate,
                took,
                load.answers(),
                sorted.size(),
                at(sorted, 50),
                at(sorted, 90),
                at(sorted, 99),
                at(sorted, 100));
        Split.say("%s", Split.spent(before, split.cpu(), count));
        if (pool < count) {
            Split.say("%d of the posts were duplicates", count - pool);
        }
    }

    private static double at(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6;
    }
}
