package dev.sealpost.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What is in reports, as sums to be found again over REST when each counts exactly once and all domains are watched. */
final class Truth {
    private static final String ALL = "";

    private final LocalDate from;
    private final LocalDate to;

    /** The names of sums, each with its day; "reports" and so on. */
    private final Map<String, Long> sums = new TreeMap<>();

    /** Of reports whose days are not before and not after these. */
    Truth(LocalDate from, LocalDate to) {
        this.from = from;
        this.to = to;
    }

    void addReport(LocalDate day) {
        sums.merge(day + " reports", 1L, Long::sum);
    }

    void addSessions(LocalDate day, String policyType, long successful, long failed) {
        sums.merge(day + " successful " + policyType, successful, Long::sum);
        sums.merge(day + " failed " + policyType, failed, Long::sum);
    }

    void addFailures(LocalDate day, String resultType, long sessions) {
        sums.merge(day + " " + resultType, sessions, Long::sum);
    }

    /**
     * The sums of a file beside generated reports: {@code reports}, {@code success_sessions}, {@code failure_sessions} over
     * all policies, and {@code by_result_type} with the occurrences of each.
     */
    static Truth read(Path file, LocalDate from, LocalDate to) throws IOException {
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        Truth truth = new Truth(from, to);
        truth.sums.put("all reports", json.path("reports").asLong());
        truth.sums.put("all successful", json.path("success_sessions").asLong());
        truth.sums.put("all failed", json.path("failure_sessions").asLong());
        json.path("by_result_type")
                .properties()
                .forEach(type ->
                        truth.sums.put("all " + type.getKey(), type.getValue().asLong()));
        return truth;
    }

    /** What the tables say, in the form of this truth. */
    private Map<String, Long> told(SealpostProcess api) {
        boolean perDay = !sums.containsKey("all reports");
        Map<String, Long> told = new TreeMap<>();
        // A day a question: each is answered within the time that a question has, however many reports there are.
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            String name = perDay ? day.toString() : "all";
            String days = "interval=total&limit=1000&from=" + day + "&to=" + day;
            for (JsonNode row : rows(api, "/api/v1/sessions?" + days)) {
                add(told, name + " reports", row.path("reports"));
            }
            for (JsonNode row : rows(api, "/api/v1/sessions?groupBy=policyType&" + days)) {
                String type = perDay ? " " + row.path("policyType").asText() : ALL;
                add(told, name + " successful" + type, row.path("successfulSessions"));
                add(told, name + " failed" + type, row.path("failedSessions"));
            }
            for (JsonNode row :
                    rows(api, "/api/v1/failures?groupBy=resultType&limit=1000&from=" + day + "&to=" + day)) {
                add(told, name + " " + row.path("resultType").asText(), row.path("failedSessions"));
            }
        }
        return told;
    }

    private static void add(Map<String, Long> sums, String name, JsonNode value) {
        sums.merge(name, value.asLong(), Long::sum);
    }

    private static JsonNode rows(SealpostProcess api, String path) {
        JsonNode answer = Answers.json(api.get(path));
        if (!answer.path("rows").isArray()) {
            throw new AssertionError(path + ": " + answer);
        }
        return answer.path("rows");
    }

    /** Each sum that the read API tells otherwise; empty if each report is in the tables exactly once. */
    List<String> differences(SealpostProcess api) {
        Map<String, Long> told = told(api);
        List<String> names = new ArrayList<>(sums.keySet());
        told.keySet().stream().filter(name -> !sums.containsKey(name)).forEach(names::add);
        return names.stream()
                .sorted(Comparator.naturalOrder())
                .filter(name -> !Objects.equals(sums.getOrDefault(name, 0L), told.getOrDefault(name, 0L)))
                .map(name ->
                        name + ": " + told.getOrDefault(name, 0L) + " told, " + sums.getOrDefault(name, 0L) + " true")
                .toList();
    }

    /** All reports. */
    long reports() {
        return sums.entrySet().stream()
                .filter(sum -> sum.getKey().endsWith(" reports"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
