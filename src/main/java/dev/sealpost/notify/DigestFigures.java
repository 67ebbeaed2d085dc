package dev.sealpost.notify;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sealpost.store.DigestQuestion;
import dev.sealpost.store.Summary;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a digest.
 *
 * @param from first UTC day
 * @param to last UTC day, included
 * @param sessions of these days
 * @param previous of as many days before
 * @param types result types of failures, most first
 * @param silent reporters whose reports are missing
 */
record DigestFigures(
        LocalDate from,
        LocalDate to,
        Summary.Sums sessions,
        Summary.Sums previous,
        List<DigestQuestion.Type> types,
        SilentReporters silent) {
    private static final int LONGEST_TYPE = 100;

    /** For people. */
    String text() {
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        List<String> lines = new ArrayList<>();
        lines.add("Sessions " + period(from, to) + " (UTC): " + words(sessions));
        lines.add("Before, " + period(from.minusDays(days), from.minusDays(1)) + ": " + words(previous));
        Double rate = sessions.rate();
        Double before = previous.rate();
        if (rate != null && before != null) {
            lines.add(
                    "Change: " + sessions(total(sessions), total(previous)) + ", failure rate " + rates(rate, before));
        }
        if (!types.isEmpty()) {
            lines.add("Failures: "
                    + types.stream()
                            .map(type -> name(type) + " " + type.failed() + " (before " + type.before() + ")")
                            .collect(Collectors.joining(", ")));
            String fresh = types.stream()
                    .filter(type -> !type.known())
                    .map(DigestFigures::name)
                    .collect(Collectors.joining(", "));
            lines.add(
                    fresh.isEmpty()
                            ? "No new kind of failure."
                            : "New kinds of failures, not seen in " + DigestQuestion.PAST_DAYS + " days before: "
                                    + fresh);
        }
        lines.addAll(silent.lines());
        lines.add(
                "Reports about " + to + " may still come; a report comes some hours after its day, some a day later.");
        return String.join("\n", lines);
    }

    private static String period(LocalDate from, LocalDate to) {
        return from.equals(to) ? from.toString() : from + " to " + to;
    }

    private static String words(Summary.Sums sums) {
        Double rate = sums.rate();
        return rate == null
                ? "none reported"
                : sums.successful() + " successful, " + sums.failed() + " failed (" + percent(rate) + ")";
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
    }

    private static String sessions(double now, double before) {
        double change = (now - before) / before;
        return String.format(Locale.ROOT, "%.0f %% %s sessions", 100 * Math.abs(change), change < 0 ? "fewer" : "more");
    }

    private static double total(Summary.Sums sums) {
        return (double) sums.successful() + sums.failed();
    }

    private static String rates(double rate, double before) {
        String now = percent(rate);
        String then = percent(before);
        return now.equals(then)
                ? "as before, " + now
                : (rate > before ? "up" : "down") + " from " + then + " to " + now;
    }

    private static String name(DigestQuestion.Type type) {
        return Plain.line(type.resultType(), LONGEST_TYPE);
    }

    /** The same for programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", from.toString());
        json.put("to", to.toString());
        json.putAll(json(sessions));
        json.put("previous", json(previous));
        json.put("resultTypes", types.stream().map(DigestFigures::json).toList());
        json.put("silentReporters", silent.json());
        return json;
    }

    private static Map<String, Object> json(Summary.Sums sums) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("successfulSessions", sums.successful());
        json.put("failedSessions", sums.failed());
        @Nullable Double rate = sums.rate();
        if (rate != null) {
            json.put("failureRate", rate);
        }
        return json;
    }

    private static Map<String, Object> json(DigestQuestion.Type type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("resultType", type.resultType());
        json.put("failedSessions", type.failed());
        json.put("previous", type.before());
        json.put("isNew", !type.known());
        return json;
    }
}
