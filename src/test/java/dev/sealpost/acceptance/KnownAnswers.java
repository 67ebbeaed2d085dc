package dev.sealpost.acceptance;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** What answers must say, by plain loops over all reports of the known world. */
final class KnownAnswers {
    private static final Set<String> TIMES = Set.of("day", "week", "month");

    private KnownAnswers() {}

    private static final class Sums {
        long successful;
        long failed;
        final Set<String> reports = new TreeSet<>();
        final Set<String> organizations = new TreeSet<>();
        final Set<String> domains = new TreeSet<>();
        final TreeSet<LocalDate> days = new TreeSet<>();

        void add(KnownWorld.Report report, String domain, long more, long fewer) {
            successful += more;
            failed += fewer;
            reports.add(report.id());
            organizations.add(report.organization());
            domains.add(domain);
            days.add(report.day());
        }

        String rate() {
            return successful + failed == 0
                    ? ""
                    : AnswerRows.rounded(String.valueOf(failed / (double) (successful + failed)));
        }

        Map<String, String> sessions(Map<String, String> group) {
            Map<String, String> row = new LinkedHashMap<>(group);
            row.put("successfulSessions", String.valueOf(successful));
            row.put("failedSessions", String.valueOf(failed));
            row.put("failureRate", rate());
            row.put("reports", String.valueOf(reports.size()));
            return row;
        }
    }

    private static String period(String unit, LocalDate day) {
        return switch (unit) {
            case "day" -> day.toString();
            case "week" ->
                "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "month" -> day.toString().substring(0, 7);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String group(
            String key, KnownWorld.Report report, KnownWorld.Policy policy, KnownWorld.@Nullable Detail detail) {
        if (TIMES.contains(key)) {
            return period(key, report.day());
        }
        return switch (key) {
            case "domain" -> policy.domain();
            case "organization" -> report.organization();
            case "policyType" -> policy.type();
            default -> detail == null ? "" : group(key, detail);
        };
    }

    private static String group(String key, KnownWorld.Detail detail) {
        return switch (key) {
            case "resultType" -> KnownQuestion.resultType(detail);
            case "resultClass" -> KnownQuestion.resultClass(KnownQuestion.resultType(detail));
            case "receivingMxHostname" -> orEmpty(KnownQuestion.host(detail));
            case "receivingIp" -> orEmpty(detail.receiver());
            case "sendingMtaIp" -> orEmpty(detail.sender());
            case "failureReasonCode" -> orEmpty(detail.code());
            default -> throw new IllegalArgumentException(key);
        };
    }

    /** @param counted whether distinct counts are part of the answer */
    static List<Map<String, String>> failures(KnownQuestion question, List<String> groupBy, boolean counted) {
        Map<Map<String, String>, Sums> groups = new HashMap<>();
        for (KnownWorld.Report report : question.world().reports) {
            for (KnownWorld.Policy policy : report.policies()) {
                if (!question.takes(report) || !question.takes(policy)) {
                    continue;
                }
                for (KnownWorld.Detail detail : KnownQuestion.occurrences(policy)) {
                    if (question.takes(detail)) {
                        Map<String, String> group = new LinkedHashMap<>();
                        groupBy.forEach(key -> group.put(key, group(key, report, policy, detail)));
                        groups.computeIfAbsent(group, any -> new Sums())
                                .add(report, policy.domain(), 0, detail.failed());
                    }
                }
            }
        }
        List<Map<String, String>> rows = new ArrayList<>();
        groups.forEach((group, sums) -> {
            Map<String, String> row = new LinkedHashMap<>(group);
            row.put("failedSessions", String.valueOf(sums.failed));
            row.put("reports", counted ? String.valueOf(sums.reports.size()) : "");
            row.put("organizations", counted ? String.valueOf(sums.organizations.size()) : "");
            row.put("firstDay", sums.days.first().toString());
            row.put("lastDay", sums.days.last().toString());
            rows.add(row);
        });
        return rows;
    }

    /** The sessions of one domain in one report: the larger of sts and tlsa, and all others. */
    private static long[] estimate(List<KnownWorld.Policy> policies) {
        long[] answer = new long[2];
        for (int side = 0; side < 2; side++) {
            Map<String, Long> byType = new HashMap<>();
            for (KnownWorld.Policy policy : policies) {
                byType.merge(policy.type(), side == 0 ? policy.successful() : policy.failed(), Long::sum);
            }
            long both = Math.max(byType.getOrDefault("sts", 0L), byType.getOrDefault("tlsa", 0L));
            byType.remove("sts");
            byType.remove("tlsa");
            answer[side] =
                    both + byType.values().stream().mapToLong(Long::longValue).sum();
        }
        return answer;
    }

    private static Map<Map<String, String>, Sums> sums(KnownQuestion question, List<String> keys) {
        boolean perPolicy = question.has("policyType") || keys.contains("policyType");
        Map<Map<String, String>, Sums> groups = new LinkedHashMap<>();
        for (KnownWorld.Report report : question.world().reports) {
            if (!question.takes(report)) {
                continue;
            }
            Map<String, List<KnownWorld.Policy>> parts = new TreeMap<>();
            for (KnownWorld.Policy policy : report.policies()) {
                if (question.takes(policy)) {
                    String part = policy.domain() + (perPolicy ? " " + policy.type() : "");
                    parts.computeIfAbsent(part, any -> new ArrayList<>()).add(policy);
                }
            }
            parts.values().forEach(policies -> {
                Map<String, String> group = new LinkedHashMap<>();
                keys.forEach(key -> group.put(key, group(key, report, policies.getFirst(), null)));
                long[] sessions = estimate(policies);
                groups.computeIfAbsent(group, any -> new Sums())
                        .add(report, policies.getFirst().domain(), sessions[0], sessions[1]);
            });
        }
        return groups;
    }

    /** Over time each group that occurs has a row for each period. */
    static List<Map<String, String>> sessions(KnownQuestion question, String interval, List<String> groupBy) {
        List<String> keys = Stream.concat(
                        interval.equals("total") ? Stream.of() : Stream.of(interval), groupBy.stream())
                .toList();
        Map<Map<String, String>, Sums> groups = sums(question, keys);
        if (!interval.equals("total")) {
            Set<Map<String, String>> kinds = new LinkedHashSet<>();
            groups.keySet().forEach(group -> {
                Map<String, String> kind = new LinkedHashMap<>(group);
                kind.remove(interval);
                kinds.add(kind);
            });
            if (groupBy.isEmpty()) {
                kinds.add(Map.of());
            }
            question.from()
                    .datesUntil(question.to().plusDays(1))
                    .forEach(day -> kinds.forEach(kind -> {
                        Map<String, String> group = new LinkedHashMap<>(kind);
                        group.put(interval, period(interval, day));
                        groups.computeIfAbsent(group, any -> new Sums());
                    }));
        }
        List<Map<String, String>> rows = new ArrayList<>();
        groups.forEach((group, sums) -> {
            Map<String, String> row = sums.sessions(group);
            row.put("provisional", "false");
            rows.add(row);
        });
        return rows;
    }

    static List<Map<String, String>> organizations(KnownQuestion question) {
        List<Map<String, String>> rows = new ArrayList<>();
        sums(question, List.of("organization")).forEach((group, sums) -> {
            Map<String, String> row = sums.sessions(group);
            row.remove("failureRate");
            row.put("domains", String.valueOf(sums.domains.size()));
            rows.add(row);
        });
        return rows;
    }

    static List<Map<String, String>> reports(KnownQuestion question) {
        boolean failures =
                question.hasAny("resultType", "resultClass", "receivingMxHostname", "receivingIp", "sendingMtaIp");
        List<Map<String, String>> rows = new ArrayList<>();
        for (KnownWorld.Report report : question.world().reports) {
            boolean one = report.policies().stream()
                    .filter(question::takes)
                    .anyMatch(policy -> !failures
                            || KnownQuestion.occurrences(policy).stream().anyMatch(question::takes));
            if (one && question.takes(report)) {
                rows.add(listed(report, question.seen()));
            }
        }
        return rows;
    }

    /** As it is listed for who sees these domains. */
    static Map<String, String> listed(KnownWorld.Report report, Set<String> seen) {
        Map<String, List<KnownWorld.Policy>> parts = new TreeMap<>();
        for (KnownWorld.Policy policy : report.policies()) {
            if (seen.contains(policy.domain())) {
                parts.computeIfAbsent(policy.domain(), any -> new ArrayList<>()).add(policy);
            }
        }
        Sums sums = new Sums();
        parts.forEach((domain, policies) -> {
            long[] sessions = estimate(policies);
            sums.add(report, domain, sessions[0], sessions[1]);
        });
        Map<String, String> row = sums.sessions(Map.of());
        row.remove("failureRate");
        row.remove("reports");
        row.put("organization", report.organization());
        row.put("reportId", report.id());
        row.put("day", report.day().toString());
        row.put("channel", report.channel());
        row.put("provenance", report.provenance());
        row.put("domains", String.join(" ", parts.keySet()));
        row.put("counts", "true");
        row.put("contested", "false");
        return row;
    }

    /** The sums of /summary, each as one line. */
    static List<String> summary(KnownQuestion question) {
        long days = question.from().datesUntil(question.to().plusDays(1)).count();
        KnownQuestion before = new KnownQuestion(
                question.world(),
                question.seen(),
                question.from().minusDays(days),
                question.from().minusDays(1),
                question.filters());
        List<String> lines = new ArrayList<>();
        for (KnownQuestion each : List.of(question, before)) {
            Sums sums = sums(each, List.of()).getOrDefault(Map.of(), new Sums());
            lines.add(sums.successful + " " + sums.failed + " " + sums.rate());
        }
        failures(question, List.of("resultType"), false).stream()
                .sorted(Comparator.comparing((Map<String, String> row) -> -number(row))
                        .thenComparing(row -> orEmpty(row.get("resultType"))))
                .limit(5)
                .forEach(row -> lines.add(row.get("resultType") + " " + row.get("failedSessions")));
        sums(question, List.of("organization")).entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Map<String, String>, Sums> row) -> -row.getValue().failed)
                        .thenComparing(row -> -row.getValue().successful)
                        .thenComparing(
                                row -> orEmpty(row.getKey().get("organization")).toLowerCase(Locale.ROOT)))
                .limit(5)
                .forEach(row -> lines.add(row.getKey().get("organization") + " " + row.getValue().successful + " "
                        + row.getValue().failed + " " + row.getValue().rate()));
        return lines;
    }

    static long number(Map<String, String> row) {
        return Long.parseLong(orEmpty(row.get("failedSessions")));
    }

    /** Sessions of each watched domain, by "domain outcome". */
    static Map<String, Long> sessionsByOutcome(KnownWorld world) {
        Map<String, Long> sessions = new TreeMap<>();
        for (KnownWorld.Report report : world.reports) {
            for (KnownWorld.Policy policy : report.policies()) {
                if (world.owners.containsKey(policy.domain())) {
                    sessions.merge(policy.domain() + " successful", policy.successful(), Long::sum);
                    sessions.merge(policy.domain() + " failed", policy.failed(), Long::sum);
                }
            }
        }
        return sessions;
    }
}
