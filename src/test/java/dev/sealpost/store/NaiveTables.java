package dev.sealpost.store;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.sealpost.origin.Origin;
import dev.sealpost.report.FailureDetail;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * What the tables have to hold after some arrivals and decisions, worked out from all of them by plain loops that share
 * nothing with the product.
 */
final class NaiveTables {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Comparator<Origin> TRUST = Comparator.comparing(
                    (Origin origin) -> origin.provenance().rank())
            .thenComparing(Origin::received)
            .thenComparing(origin -> origin.receipt().toString());

    /** One content. */
    private static final class Stored {
        final Report report;
        final List<String> domains;
        final List<Origin> copies = new ArrayList<>();
        boolean preferred;
        boolean counts;
        boolean contested;

        Stored(Arrival arrival) {
            report = arrival.report();
            domains = arrival.domains();
        }

        Origin best() {
            return copies.stream().min(TRUST).orElseThrow();
        }

        int rank() {
            return best().provenance().rank();
        }

        Instant first() {
            return copies.stream()
                    .map(Origin::received)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        String organization() {
            String name = report.organizationName();
            if (name == null || name.isBlank()) {
                String contact = report.contactInfo();
                return contact == null ? "" : contact.substring(contact.indexOf('@') + 1);
            }
            return name.strip().toLowerCase(Locale.ROOT);
        }

        String name() {
            String name = report.organizationName();
            return name != null && !name.isBlank()
                    ? name.strip()
                    : organization().isEmpty() ? "unknown" : organization();
        }

        List<Object> identity() {
            Set<String> policies = new TreeSet<>();
            report.policies().forEach(policy -> policies.add(policy.policyType() + "@" + policy.policyDomain()));
            return List.of(organization(), report.reportId(), report.dateRange(), policies);
        }
    }

    private final int limit;
    private final Map<String, Stored> stored = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Map<List<Object>, List<Stored>> cells = new HashMap<>();
    private final Map<List<Object>, BigInteger[]> reporters = new HashMap<>();
    private final Map<List<Object>, BigInteger[]> all = new HashMap<>();

    /** Lines of the tables, by table. */
    final Map<String, List<String>> lines = new TreeMap<>();

    /** @param limit unverified reports that a cell counts */
    NaiveTables(int limit) {
        this.limit = limit;
    }

    private static String content(Arrival arrival) {
        return arrival.report().toString();
    }

    void store(Arrival arrival) {
        if (!gone.contains(content(arrival))) {
            stored.computeIfAbsent(content(arrival), c -> new Stored(arrival))
                    .copies
                    .add(arrival.origin());
        }
    }

    boolean has(Arrival arrival) {
        return stored.containsKey(content(arrival));
    }

    void delete(Arrival arrival) {
        stored.remove(content(arrival));
        gone.add(content(arrival));
    }

    void prefer(Arrival arrival) {
        Stored chosen = Objects.requireNonNull(stored.get(content(arrival)));
        stored.values().stream()
                .filter(other -> other.identity().equals(chosen.identity()))
                .forEach(other -> other.preferred = other == chosen);
    }

    /** Works everything out. */
    NaiveTables recompute() {
        Map<Object, List<Stored>> versions = stored.values().stream().collect(Collectors.groupingBy(Stored::identity));
        versions.values().forEach(NaiveTables::choose);
        cells.clear();
        lines.clear();
        for (Stored report : stored.values()) {
            line(
                    "report",
                    report.organization(),
                    report.report.reportId(),
                    report.counts,
                    report.contested,
                    report.preferred,
                    report.best().receipt(),
                    report.best().provenance().label(),
                    report.best().channel().label());
            for (String domain : report.counts ? new HashSet<>(report.domains) : Set.<String>of()) {
                if (!domain.isEmpty()) {
                    cells.computeIfAbsent(cell(domain, report), c -> new ArrayList<>())
                            .add(report);
                }
            }
        }
        Map<List<Object>, BigInteger[]> totals = new HashMap<>();
        Map<List<Object>, BigInteger[]> kinds = new HashMap<>();
        reporters.clear();
        all.clear();
        stored.values()
                .forEach(report -> report.domains.stream()
                        .filter(domain -> !domain.isEmpty())
                        .forEach(domain -> totals.computeIfAbsent(
                                List.of(domain, report.report.dateRange().day()), d -> zeros(5))));
        cells.forEach((cell, reports) -> derive(cell, first(cell, reports), totals, kinds));
        totals.forEach(
                (day, sums) -> line("domain", day.get(0), day.get(1), sums[0], sums[1], sums[2], sums[3], sums[4]));
        kinds.forEach((kind, sums) -> line("rollup", kind.get(0), kind.get(1), kind.get(2), sums[0], sums[1]));
        reporters.forEach((kind, sums) -> line("reporters", kind, sums[0], sums[1]));
        all.forEach((reporter, sums) -> line("all", reporter, sums[0], sums[1], sums[2]));
        lines.values().forEach(table -> table.sort(Comparator.naturalOrder()));
        return this;
    }

    private static void choose(List<Stored> versions) {
        versions.sort(Comparator.comparing((Stored version) -> !version.preferred)
                .thenComparing(Stored::rank)
                .thenComparing(Stored::first)
                .thenComparing(version -> version.best().receipt().toString()));
        int best = versions.stream().mapToInt(Stored::rank).min().orElseThrow();
        long equals =
                versions.stream().filter(version -> version.rank() == best).count();
        boolean chosen = versions.stream().anyMatch(version -> version.preferred);
        for (Stored version : versions) {
            version.counts = version == versions.getFirst();
            version.contested = !chosen && equals > 1 && version.rank() == best;
        }
    }

    private static List<Object> cell(String domain, Stored report) {
        Origin best = report.best();
        return List.of(
                domain,
                report.report.dateRange().day(),
                report.organization(),
                best.channel().label(),
                best.provenance().label());
    }

    private List<Stored> first(List<Object> cell, List<Stored> reports) {
        boolean anybody = cell.get(4).equals("unverified") || cell.get(4).equals("dkim-unaligned");
        return reports.stream()
                .sorted(Comparator.comparing(Stored::first)
                        .thenComparing(report -> report.best().receipt().toString()))
                .limit(anybody ? limit : Long.MAX_VALUE)
                .toList();
    }

    private void derive(
            List<Object> cell,
            List<Stored> reports,
            Map<List<Object>, BigInteger[]> totals,
            Map<List<Object>, BigInteger[]> kinds) {
        Map<String, BigInteger[]> types = new TreeMap<>();
        Map<String, Set<String>> typeNames = new HashMap<>();
        Map<List<String>, BigInteger[]> failures = new HashMap<>();
        Map<List<String>, Set<Stored>> failing = new HashMap<>();
        Map<List<String>, BigInteger[]> placed = new HashMap<>();
        BigInteger[] estimate = zeros(3);
        for (Stored report : reports) {
            Map<String, BigInteger[]> own = new HashMap<>();
            for (int i = 0; i < report.domains.size(); i++) {
                Policy policy = report.report.policies().get(i);
                if (!report.domains.get(i).equals(cell.get(0))) {
                    continue;
                }
                String type = policy.policyType() == null
                        ? "unspecified"
                        : policy.policyType().value();
                BigInteger[] sums = own.computeIfAbsent(type, t -> zeros(2));
                add(sums, 0, orZero(policy.totalSuccessfulSessionCount()));
                add(sums, 1, orZero(policy.totalFailureSessionCount()));
                typeNames.computeIfAbsent(type, t -> new TreeSet<>()).add(report.name());
                for (Map.Entry<List<String>, Long> failure : failures(type, policy)) {
                    add(failures.computeIfAbsent(failure.getKey(), f -> zeros(1)), 0, failure.getValue());
                    failing.computeIfAbsent(failure.getKey(), f -> new HashSet<>())
                            .add(report);
                }
            }
            place(report, failing, placed);
            BigInteger[] none = zeros(2);
            for (int i = 0; i < 2; i++) {
                int part = i;
                BigInteger rest = own.entrySet().stream()
                        .filter(entry -> !Set.of("sts", "tlsa").contains(entry.getKey()))
                        .map(entry -> entry.getValue()[part])
                        .reduce(BigInteger.ZERO, BigInteger::add);
                estimate[i] = estimate[i]
                        .add(own.getOrDefault("sts", none)[i].max(own.getOrDefault("tlsa", none)[i]))
                        .add(rest);
            }
            estimate[2] = estimate[2].add(BigInteger.ONE);
            own.forEach((type, sums) -> {
                BigInteger[] all = types.computeIfAbsent(type, t -> zeros(3));
                all[0] = all[0].add(sums[0]);
                all[1] = all[1].add(sums[1]);
                all[2] = all[2].add(BigInteger.ONE);
            });
        }
        sessions(cell, reports, estimate, types, typeNames);
        BigInteger[] total = Objects.requireNonNull(totals.get(List.of(cell.get(0), cell.get(1))));
        for (int i = 0; i < 3; i++) {
            total[i] = total[i].add(estimate[i].min(MAX));
        }
        add(all, List.of(cell.get(1), cell.get(2)), estimate[0].min(MAX), estimate[1].min(MAX), estimate[2]);
        failures.forEach((kind, sums) -> {
            Set<Stored> with = Objects.requireNonNull(failing.get(kind));
            line(
                    "failures",
                    cell,
                    kind,
                    least(with, Stored::name),
                    sums[0].min(MAX),
                    with.size(),
                    sums[0].compareTo(MAX) > 0,
                    Objects.requireNonNull(placed.get(kind))[0],
                    Objects.requireNonNull(placed.get(kind))[1]);
            total[3] = total[3].add(sums[0].min(MAX));
            total[4] = total[4].add(Objects.requireNonNull(placed.get(kind))[1]);
            for (int i = 0; i < 2; i++) {
                List<Object> reporter = List.of(cell.get(1), cell.get(2), i == 0 ? kind.get(1) : "");
                add(reporters, reporter, sums[0].min(MAX), Objects.requireNonNull(placed.get(kind))[i]);
            }
            BigInteger[] all = kinds.computeIfAbsent(List.of(cell.get(1), kind.get(0), kind.get(1)), k -> zeros(2));
            all[0] = all[0].add(sums[0].min(MAX));
            all[1] = all[1].add(BigInteger.ONE);
        });
    }

    /** Where a report puts itself down: in its first row of each result type, and in its first row of all. */
    private static void place(
            Stored report, Map<List<String>, Set<Stored>> failing, Map<List<String>, BigInteger[]> placed) {
        Set<String> types = new HashSet<>();
        failing.entrySet().stream()
                .filter(entry -> entry.getValue().contains(report))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing((List<String> kind) -> kind.get(1))
                        .thenComparing(kind -> kind.get(0))
                        .thenComparing(kind -> kind.get(2)))
                .forEach(kind -> {
                    BigInteger[] counts = placed.computeIfAbsent(kind, k -> zeros(2));
                    add(counts, 1, types.isEmpty() ? 1L : 0L);
                    add(counts, 0, types.add(kind.get(1)) ? 1L : 0L);
                });
    }

    private static void add(Map<List<Object>, BigInteger[]> sums, List<Object> key, BigInteger... more) {
        BigInteger[] all = sums.computeIfAbsent(key, k -> zeros(more.length));
        for (int i = 0; i < more.length; i++) {
            all[i] = all[i].add(more[i]);
        }
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private void sessions(
            List<Object> cell,
            List<Stored> reports,
            BigInteger[] estimate,
            Map<String, BigInteger[]> types,
            Map<String, Set<String>> names) {
        List<Object> columns = new ArrayList<>();
        boolean saturated = estimate[0].max(estimate[1]).compareTo(MAX) > 0;
        for (String type : List.of("sts", "tlsa", "no-policy-found")) {
            BigInteger[] sums = types.getOrDefault(type, zeros(3));
            saturated |= sums[0].max(sums[1]).compareTo(MAX) > 0;
            columns.addAll(List.of(sums[0].min(MAX), sums[1].min(MAX), sums[2]));
        }
        line(
                "sessions",
                cell,
                least(reports, Stored::name),
                estimate[0].min(MAX),
                estimate[1].min(MAX),
                estimate[2],
                saturated,
                columns);
        types.forEach((type, sums) -> {
            if (!Set.of("sts", "tlsa", "no-policy-found").contains(type)) {
                line(
                        "others",
                        cell,
                        type,
                        names.getOrDefault(type, Set.of()).iterator().next(),
                        sums[0].min(MAX),
                        sums[1].min(MAX),
                        sums[2],
                        sums[0].max(sums[1]).compareTo(MAX) > 0);
            }
        });
    }

    private static List<Map.Entry<List<String>, Long>> failures(String type, Policy policy) {
        List<Map.Entry<List<String>, Long>> found = new ArrayList<>();
        Long failed = policy.totalFailureSessionCount();
        if (policy.failureDetails().isEmpty() && failed != null && failed > 0) {
            found.add(Map.entry(List.of(type, "unspecified", ""), failed));
        }
        for (FailureDetail detail : policy.failureDetails()) {
            String result = detail.resultType() == null
                    ? "unspecified"
                    : detail.resultType().value();
            String mx = detail.receivingMxHostname() == null ? "" : detail.receivingMxHostname();
            Long count = detail.failedSessionCount();
            found.add(Map.entry(List.of(type, result, mx), count == null ? 0 : count));
        }
        return found;
    }

    private static String least(Collection<Stored> reports, Function<Stored, String> text) {
        return reports.stream().map(text).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static BigInteger[] zeros(int count) {
        BigInteger[] zeros = new BigInteger[count];
        java.util.Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }

    private static void add(BigInteger[] sums, int at, Long count) {
        sums[at] = sums[at].add(BigInteger.valueOf(count == null ? 0 : count));
    }

    /** One row; lists are several columns. */
    private void line(String table, Object... columns) {
        List<String> texts = new ArrayList<>();
        for (Object column : columns) {
            (column instanceof List<?> several ? several : List.of(column)).forEach(value -> texts.add(text(value)));
        }
        lines.computeIfAbsent(table, t -> new ArrayList<>()).add(String.join("|", texts));
    }

    private static String text(Object value) {
        return value instanceof Boolean yes ? yes ? "t" : "f" : value.toString();
    }
}
