package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.sealpost.acceptance.GeneratedReports;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.ReportReader;

/**
 * What the queue of days that are to be judged costs the transactions that store reports: the same reports are stored
 * without it, with it while its days wait, and with it emptied after each batch, in turn. See docs/performance.md.
 */
final class TouchedRun {
    private static final int DAYS = 10;
    private static final int DOMAINS = 5_000;
    private static final int BATCH = 1_000;

    /** How the queue is kept. */
    private enum Way {
        NONE,
        WAITING,
        EMPTIED
    }

    /** Time that passed, how much of it in the queue's statement, and processor time of PostgreSQL and this process. */
    private record Cost(double seconds, double queue, double cpu) {}

    /** The queue with a stopwatch; without a queue nothing is done. */
    private static final class Timed extends TouchedDays {
        private final Way way;
        private long nanos;

        Timed(Way way) {
            super(Duration.ofMinutes(15), DAYS + 4);
            this.way = way;
        }

        @Override
        void putDays(Connection connection, Collection<DomainDay> touched) throws SQLException {
            if (way != Way.NONE) {
                long begin = System.nanoTime();
                super.putDays(connection, touched);
                nanos += System.nanoTime() - begin;
            }
        }
    }

    private final TestDatabase database = TestDatabase.get();
    private final int count;

    private TouchedRun(int count) {
        this.count = count;
    }

    /** Runs with so many reports a round, and so many rounds. */
    public static void main(String[] arguments) {
        TouchedRun run = new TouchedRun(Integer.parseInt(arguments.length > 0 ? arguments[0] : "10000"));
        int rounds = Integer.parseInt(arguments.length > 1 ? arguments[1] : "6");
        Map<Way, List<Cost>> costs = new EnumMap<>(Way.class);
        run.store(Way.WAITING, 0);
        for (int round = 1; round <= rounds; round++) {
            for (Way way : Way.values()) {
                Way next = Way.values()[(way.ordinal() + round) % Way.values().length];
                costs.computeIfAbsent(next, each -> new ArrayList<>()).add(run.store(next, round));
            }
        }
        costs.forEach((way, all) -> System.out.printf(
                "%s: median %.0f reports/s, %.0f us of CPU a report, %.2f %% of the time in the queue; rounds %s%n",
                way,
                run.count / median(all.stream().map(Cost::seconds).toList()),
                1e6 * median(all.stream().map(Cost::cpu).toList()) / run.count,
                100 * median(all.stream().map(cost -> cost.queue / cost.seconds).toList()),
                all.stream()
                        .map(each -> "%.0f/s %.0f us".formatted(run.count / each.seconds, 1e6 * each.cpu / run.count))
                        .toList()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private Cost store(Way way, long seed) {
        database.clear();
        LocalDate first = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS);
        database.months().make(first, first, first.plusDays(DAYS));
        List<List<Arrival>> batches = batches(new GeneratedReports(seed, DOMAINS, first, DAYS));
        Timed queue = new Timed(way);
        ReportStore store = database.store(
                new Counting(new DailyDomains(), new Versions(), new CellRows(), new DailyCells(), queue));
        double seconds = 0;
        double cpu = 0;
        for (List<Arrival> batch : batches) {
            long begin = System.nanoTime();
            double before = cpu();
            store.store(batch, List.of());
            cpu += cpu() - before;
            seconds += (System.nanoTime() - begin) / 1e9;
            if (way == Way.EMPTIED) {
                database.run("DELETE FROM alert_touched");
            }
        }
        return new Cost(seconds, queue.nanos / 1e9, cpu);
    }

    private static double cpu() {
        return ProcessHandle.current()
                        .descendants()
                        .mapToDouble(TouchedRun::seconds)
                        .sum()
                + seconds(ProcessHandle.current());
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private List<List<Arrival>> batches(GeneratedReports reports) {
        ReportReader reader = new ReportReader(Limits.DEFAULT);
        List<List<Arrival>> batches = new ArrayList<>();
        for (int made = 0; made < count; ) {
            List<Arrival> batch = new ArrayList<>();
            for (; batch.size() < BATCH && made < count; made++) {
                byte[] json = reports.next().json();
                batch.add(arrival((Readable) reader.read(json), json));
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Arrival arrival(Readable readable, byte[] json) {
        Instant door =
                readable.report().dateRange().day().plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC);
        return new Arrival(
                readable.report(),
                new Origin(UUID.randomUUID(), door, Channel.MAILBOX, "192.0.2.1", Provenance.DKIM_ALIGNED, null),
                json,
                readable.report().policies().stream()
                        .map(Policy::policyDomain)
                        .map(domain -> domain == null ? "" : domain.value())
                        .toList());
    }
}
