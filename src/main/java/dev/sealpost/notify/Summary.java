package dev.sealpost.notify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Notice;
import dev.sealpost.store.NoticeRow;
import dev.sealpost.store.Outbox;

/** Messages made of notices: one of one, or one of many. Their ids are made of what they tell, so nothing has two. */
final class Summary {
    /** Of many, so many are named to people, and so many to programs. */
    static final int NAMED = 20;

    static final int LISTED = 100;

    private Summary() {}

    /** The message of a single notice. */
    static MessageRow one(UUID channel, Notice notice, Instant now) {
        return new MessageRow(
                id(channel, notice.id()),
                channel,
                notice.kind(),
                notice.alert(),
                notice.severity(),
                notice.subject(),
                notice.text(),
                notice.json(),
                1,
                now,
                0);
    }

    /**
     * The message of all that waits.
     *
     * @param worst the first {@link #LISTED}, the worst first
     */
    static MessageRow many(UUID channel, Outbox.Waiting waiting, List<NoticeRow> worst, Instant now) {
        String subject = waiting.notices() + (waiting.notices() == 1 ? " change" : " changes") + " of alerts: "
                + counts(waiting);
        return new MessageRow(
                id(channel, "summary/" + waiting.last()),
                channel,
                "summary",
                null,
                waiting.notices() == 0 ? "low" : worst.getFirst().notice().severity(),
                subject,
                list(waiting.notices(), worst),
                Kept.write(details(waiting, worst)),
                waiting.notices(),
                now,
                0);
    }

    /** How many of each severity, the worst first. */
    static String counts(Outbox.Waiting waiting) {
        return Severity.labels().stream()
                .filter(waiting.bySeverity()::containsKey)
                .map(severity -> waiting.bySeverity().get(severity) + " " + severity)
                .collect(Collectors.joining(", "));
    }

    /** A line each, and how many more there are. */
    static String list(int all, List<NoticeRow> worst) {
        List<NoticeRow> named = worst.subList(0, Math.min(NAMED, worst.size()));
        String lines = named.stream()
                .map(NoticeRow::notice)
                .map(notice ->
                        "- [" + notice.severity() + ", " + notice.kind() + "] " + Plain.line(notice.subject(), 200))
                .collect(Collectors.joining("\n"));
        int more = all - named.size();
        return more == 0 ? lines : lines + "\nand " + more + " more";
    }

    static Map<String, Object> details(Outbox.Waiting waiting, List<NoticeRow> worst) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("changes", waiting.notices());
        details.put("bySeverity", waiting.bySeverity());
        details.put("first", worst.stream().map(row -> item(row.notice())).toList());
        return details;
    }

    private static Map<String, Object> item(Notice notice) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("kind", notice.kind());
        item.put("severity", notice.severity());
        item.put("state", notice.state());
        item.put("alertId", Objects.toString(notice.alert(), ""));
        item.put("subject", notice.subject());
        return item;
    }

    static UUID id(UUID channel, String what) {
        return UUID.nameUUIDFromBytes((channel + "/" + what).getBytes(StandardCharsets.UTF_8));
    }
}
