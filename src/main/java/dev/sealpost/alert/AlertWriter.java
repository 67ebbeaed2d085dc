package dev.sealpost.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;
import dev.sealpost.store.AlertSession;
import org.jspecify.annotations.Nullable;

/** Brings alerts up to what a round found. */
final class AlertWriter {
    private static final int AT_ONCE = 2_000;

    private final AlertSession session;
    private final Teller teller;
    private final Instant now;

    AlertWriter(AlertSession session, Teller teller, Instant now) {
        this.session = session;
        this.teller = teller;
        this.now = now;
    }

    /**
     * Writes what changed, and tells it.
     *
     * @param explained series that are no more
     */
    void write(List<Step> steps, List<AlertSeries> explained) {
        Map<UUID, List<Step>> byAlert = new TreeMap<>();
        steps.forEach(step ->
                byAlert.computeIfAbsent(step.alert(), id -> new ArrayList<>()).add(step));
        Map<UUID, List<AlertSeries>> gone = new TreeMap<>();
        explained.forEach(series ->
                gone.computeIfAbsent(series.alert(), id -> new ArrayList<>()).add(series));
        Set<UUID> ids = new TreeSet<>(byAlert.keySet());
        ids.addAll(gone.keySet());
        Map<UUID, AlertRow> known = new HashMap<>();
        session.find(ids).forEach(row -> known.put(row.id(), row));
        Map<UUID, Draft> drafts = new TreeMap<>();
        byAlert.forEach((id, all) -> drafts.put(id, draft(known.get(id), all)));
        known.forEach((id, row) -> drafts.computeIfAbsent(id, absent -> Draft.of(row, now)));
        session.putAlerts(rows(drafts));
        inParts(series(steps), session::putSeries);
        inParts(explained, session::explain);
        gone.forEach((id, series) -> explain(drafts.get(id), series));
        conclude(drafts);
    }

    private Draft draft(@Nullable AlertRow known, List<Step> steps) {
        if (known == null) {
            return Draft.opened(steps, now);
        }
        Draft draft = Draft.of(known, now);
        draft.take(steps);
        return draft;
    }

    private void explain(@Nullable Draft draft, List<AlertSeries> series) {
        if (draft != null && draft.row().isOpen()) {
            if (session.isLive(draft.row().id())) {
                draft.explained(series.size());
            } else {
                draft.withdraw();
            }
        }
    }

    /** Writes the alerts themselves, their history and the word of it. */
    void conclude(Map<UUID, Draft> drafts) {
        session.putAlerts(rows(drafts));
        session.putEvents(drafts.values().stream()
                .flatMap(draft -> draft.events().stream())
                .toList());
        drafts.values().forEach(draft -> {
            String notice = draft.notice();
            if (notice != null) {
                teller.tell(session, draft.row(), new Teller.Word(notice, draft.change(), now));
            }
        });
    }

    private static List<AlertRow> rows(Map<UUID, Draft> drafts) {
        return drafts.values().stream().map(Draft::row).toList();
    }

    private interface Put {
        void put(List<AlertSeries> part);
    }

    private static void inParts(List<AlertSeries> all, Put put) {
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            put.put(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
    }

    private record Key(UUID alert, String domain, String organization, String resultType) {}

    /** Each series once: its days together, and what its last day says. */
    private static List<AlertSeries> series(List<Step> steps) {
        Map<Key, AlertSeries> series = new LinkedHashMap<>();
        for (Step step : steps) {
            Step.Part part = step.part();
            AlertSeries one = new AlertSeries(
                    step.alert(),
                    part.domain(),
                    part.organization(),
                    part.name(),
                    part.resultType(),
                    step.frame().hostile(),
                    step.frame().verified(),
                    part.day(),
                    part.day(),
                    part.rate(),
                    true,
                    part.kind(),
                    part.severity(),
                    part.proof());
            series.merge(
                    new Key(step.alert(), part.domain(), part.organization(), part.resultType()),
                    one,
                    AlertWriter::together);
        }
        return List.copyOf(series.values());
    }

    private static AlertSeries together(AlertSeries one, AlertSeries other) {
        AlertSeries last = one.lastDay().isBefore(other.lastDay()) ? other : one;
        return new AlertSeries(
                last.alert(),
                last.domain(),
                last.organization(),
                last.organizationName(),
                last.resultType(),
                last.hostile(),
                last.verified(),
                one.firstDay().isBefore(other.firstDay()) ? one.firstDay() : other.firstDay(),
                last.lastDay(),
                Math.max(one.rate(), other.rate()),
                true,
                last.kind(),
                last.severity(),
                last.evidence());
    }
}
