package dev.sealpost.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.PolicyType;
import dev.sealpost.report.ResultType;

/** What reports add to cells, summed up: the same rule as that of {@link DailyCells}, for reports at hand. */
final class CellSums {
    /** The order of the database's collation "C". */
    private static final Comparator<String> BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** The order in which a report puts itself down in one row. */
    private static final Comparator<Failure> ROWS = Comparator.comparing(Failure::resultType, BYTES)
            .thenComparing(Failure::policyType, BYTES)
            .thenComparing(Failure::mx, BYTES);

    /** A cell: what came of one reporter's day of one domain by one channel with one provenance. */
    record Cell(Unit unit, String channel, String provenance) {}

    /** The part of a cell that one kind of failure is, at one MX. */
    record Failure(Cell cell, String policyType, String resultType, String mx) {}

    /** The sessions of a cell. */
    static final class Sums {
        final Sessions estimate = new Sessions();
        final Map<String, Sessions> types = new LinkedHashMap<>();
        final Map<String, String> names = new HashMap<>();
        String name = "";

        /** How reporters with policies of a type write themselves; of several the least, as everywhere. */
        String name(String type) {
            return names.getOrDefault(type, name);
        }

        Sessions type(String type) {
            Sessions sessions = types.get(type);
            return sessions == null ? new Sessions() : sessions;
        }

        boolean cut() {
            return estimate.cut() || types.values().stream().anyMatch(Sessions::cut);
        }

        private void add(Sums report, String reporter) {
            name = name.isEmpty() ? reporter : least(name, reporter);
            estimate.add(report.estimate);
            report.types.forEach((type, sessions) -> {
                types.computeIfAbsent(type, t -> new Sessions()).add(sessions);
                names.merge(type, reporter, CellSums::least);
            });
        }
    }

    /** The occurrences of one kind of failure. */
    static final class Occurrences {
        final Tally failed = new Tally();
        long reports;

        /** Reports whose first row of this result type this is, and whose first row of all. */
        long ofType;

        long ofAll;
        String name = "";
    }

    final Map<Cell, Sums> sessions = new HashMap<>();
    final Map<Failure, Occurrences> failures = new HashMap<>();

    /** The sums of some reports, each of which counts in all cells of the units that are asked for. */
    static CellSums of(List<ReportRow> rows, Predicate<Unit> units) {
        CellSums sums = new CellSums();
        for (ReportRow row : rows) {
            row.units().stream().filter(units).forEach(unit -> sums.add(row, unit));
        }
        return sums;
    }

    private void add(ReportRow row, Unit unit) {
        Cell cell = new Cell(
                unit, row.origin().channel().label(), row.origin().provenance().label());
        Sums report = new Sums();
        Map<Failure, Tally> occurrences = new HashMap<>();
        List<String> domains = row.arrival().domains();
        for (int i = 0; i < domains.size(); i++) {
            if (domains.get(i).equals(unit.domain())) {
                Policy policy = row.report().policies().get(i);
                String type = type(policy);
                report.types.computeIfAbsent(type, t -> new Sessions()).addPolicy(policy);
                failures(cell, type, policy, occurrences);
            }
        }
        List<Sessions> others = report.types.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("sts") && !entry.getKey().equals("tlsa"))
                .map(Map.Entry::getValue)
                .toList();
        report.estimate.add(Sessions.estimate(report.type("sts"), report.type("tlsa"), others));
        String name = row.name();
        sessions.computeIfAbsent(cell, c -> new Sums()).add(report, name);
        Map<String, Failure> firsts = new HashMap<>();
        occurrences.keySet().forEach(failure -> firsts.merge(failure.resultType, failure, CellSums::first));
        Failure first = firsts.values().stream().reduce(CellSums::first).orElse(null);
        occurrences.forEach((failure, failed) -> {
            Occurrences known = failures.computeIfAbsent(failure, f -> new Occurrences());
            known.failed.add(failed);
            known.reports++;
            known.ofType += failure.equals(firsts.get(failure.resultType)) ? 1 : 0;
            known.ofAll += failure.equals(first) ? 1 : 0;
            known.name = known.name.isEmpty() ? name : least(known.name, name);
        });
    }

    private static Failure first(Failure one, Failure other) {
        return ROWS.compare(one, other) <= 0 ? one : other;
    }

    static String least(String one, String other) {
        return BYTES.compare(one, other) <= 0 ? one : other;
    }

    private static void failures(Cell cell, String type, Policy policy, Map<Failure, Tally> occurrences) {
        Long failed = policy.totalFailureSessionCount();
        if (policy.failureDetails().isEmpty() && failed != null && failed > 0) {
            occurrences
                    .computeIfAbsent(new Failure(cell, type, "unspecified", ""), f -> new Tally())
                    .add(failed);
        }
        for (FailureDetail detail : policy.failureDetails()) {
            Failure failure = new Failure(
                    cell, type, type(detail), Keys.fit(Objects.requireNonNullElse(detail.receivingMxHostname(), "")));
            occurrences.computeIfAbsent(failure, f -> new Tally()).add(detail.failedSessionCount());
        }
    }

    static String type(Policy policy) {
        PolicyType type = policy.policyType();
        return type == null ? "unspecified" : Keys.fit(type.value());
    }

    private static String type(FailureDetail detail) {
        ResultType type = detail.resultType();
        return type == null ? "unspecified" : Keys.fit(type.value());
    }

    /** Whether a policy type stands in the row of the cell itself. */
    static boolean registered(String policyType) {
        return Recount.COLUMNS.containsKey(policyType);
    }

    /** The units that have a share. */
    Stream<Unit> units() {
        return sessions.keySet().stream().map(Cell::unit);
    }
}
