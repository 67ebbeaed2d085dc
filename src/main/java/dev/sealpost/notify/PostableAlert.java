package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.store.Notice;
import dev.sealpost.store.OpenAlerts;

/** An alert as Alertmanager's API v2 takes it ({@code postableAlert}). */
final class PostableAlert {
    /** Without a further word Alertmanager takes it for resolved after that; it is told each minute. */
    private static final Duration EXPIRES = Duration.ofMinutes(5);

    private static final int MAX_LABEL = 255;
    private static final int MAX_SUMMARY = 200;
    private static final int MAX_TEXT = 4_000;

    /** Members of the alert that become labels: what people route by. */
    private static final List<String> LABELS = List.of("kind", "domain", "organization", "resultType", "family");

    private PostableAlert() {}

    static Map<String, Object> of(OpenAlerts.Told told, Instant now) {
        Notice last = told.last();
        Map<String, String> labels = new TreeMap<>();
        labels.put("alertname", "TlsReports");
        labels.put("severity", last.severity());
        labels.put("id", String.valueOf(last.alert()));
        JsonNode alert = Kept.tree(last.json());
        for (String name : LABELS) {
            String value = Plain.line(alert.path(name).asText(""), MAX_LABEL);
            if (!value.isEmpty() && !alert.path(name).isNull()) {
                labels.put(name, value);
            }
        }
        boolean over = last.state().equals("resolved") || last.state().equals("withdrawn");
        return Map.of(
                "labels",
                labels,
                "annotations",
                Map.of(
                        "summary", Plain.line(last.subject(), MAX_SUMMARY),
                        "description", Plain.lines(last.text(), MAX_TEXT)),
                "startsAt",
                told.since().toString(),
                "endsAt",
                (over ? later(last.at(), told.since()) : now.plus(EXPIRES)).toString());
    }

    /** An end before the beginning would be refused, whatever clocks did. */
    private static Instant later(Instant end, Instant start) {
        return end.isAfter(start) ? end : start.plusMillis(1);
    }

    static Map<String, Object> test(Message message, Instant now) {
        return Map.of(
                "labels",
                Map.of(
                        "alertname",
                        "SealpostTest",
                        "severity",
                        "low",
                        "id",
                        message.id().toString()),
                "annotations",
                Map.of("summary", message.subject(), "description", message.text()),
                "startsAt",
                now.toString(),
                "endsAt",
                now.plus(Duration.ofMinutes(1)).toString());
    }
}
