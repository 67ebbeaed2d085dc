package dev.sealpost.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.sealpost.alert.detect.Severity;
import dev.sealpost.store.AlertEvent;
import dev.sealpost.store.AlertRow;
import org.jspecify.annotations.Nullable;

/** An alert as it becomes. Not thread-safe. */
final class Draft {
    /** Others who join are told at most so often. */
    private static final Duration BETWEEN_JOININGS = Duration.ofDays(1);

    private final List<AlertEvent> events = new ArrayList<>();
    private final Instant now;
    private AlertRow row;
    private @Nullable String notice;
    private @Nullable String change;

    private Draft(AlertRow row, Instant now) {
        this.row = row;
        this.now = now;
    }

    /** A new alert, which begins with the first day of what was found. */
    static Draft opened(List<Step> steps, Instant now) {
        Step strongest = strongest(steps);
        Step.Frame frame = strongest.frame();
        LocalDate first = steps.stream()
                .map(step -> step.part().day())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Draft draft = new Draft(
                new AlertRow(
                        strongest.alert(),
                        frame.key(),
                        frame.place(),
                        frame.reporter(),
                        frame.family(),
                        frame.hostile(),
                        frame.verified(),
                        strongest.part().kind(),
                        strongest.part().severity(),
                        "open",
                        frame.rule(),
                        frame.tenant(),
                        first,
                        last(steps),
                        now,
                        now,
                        null,
                        null,
                        now,
                        0),
                now);
        draft.event("opened", null, "opened", Kinds.title(strongest.part().kind()) + "; " + reporters(steps));
        return draft;
    }

    /** One that is there. */
    static Draft of(AlertRow row, Instant now) {
        return new Draft(row, now);
    }

    AlertRow row() {
        return row;
    }

    List<AlertEvent> events() {
        return events;
    }

    /** What is told of the change; null if nothing is. */
    @Nullable
    String notice() {
        return notice;
    }

    /** What changed since it was told before, in a few words; null where it is told for the first time, or ends. */
    @Nullable
    String change() {
        return change;
    }

    /** Goes on with what a round found. */
    void take(List<Step> steps) {
        LocalDate before = row.lastDay();
        LocalDate after = last(steps).isAfter(before) ? last(steps) : before;
        Step strongest = strongest(steps);
        boolean rises = rank(strongest.part().severity()).compareTo(rank(row.severity())) > 0;
        boolean comesBack = (row.state().equals("withdrawn") && anyAtLeast(steps, Step.Novelty.JOINED))
                || (row.state().equals("resolved") && after.isAfter(before));
        boolean escalates = rises || anyAtLeast(steps, Step.Novelty.ESCALATED);
        List<Step> joining = steps.stream()
                .filter(step -> step.novelty() == Step.Novelty.JOINED)
                .toList();
        row = with(
                rises ? strongest.part().kind() : row.kind(),
                rises ? strongest.part().severity() : row.severity(),
                row.state(),
                after,
                null);
        if (comesBack) {
            row = with(strongest.part().kind(), strongest.part().severity(), "open", after, null);
            change = "found again: " + Kinds.title(row.kind()) + "; " + reporters(steps);
            event("opened", null, "opened", change);
        } else if (row.isOpen() && (escalates || !joining.isEmpty())) {
            String detail = (rises ? "now " + row.severity() + ", " + Kinds.title(row.kind()) + "; " : "")
                    + (escalates && !rises ? "at least three times the rate told before; " : "")
                    + (joining.isEmpty() ? "" : "joined: " + reporters(joining));
            boolean told = escalates || !now.isBefore(row.joined().plus(BETWEEN_JOININGS));
            if (escalates) {
                // Whoever took it on did so of something smaller.
                row = with(row.kind(), row.severity(), "open", after, null);
            }
            change = detail.replaceAll("; $", "");
            event("updated", null, told ? "updated" : null, change);
        }
    }

    /** Everything it rested on is explained by what came later. */
    void withdraw() {
        end("withdrawn", null, "withdrawn", "what came later explains it");
    }

    /** It was quiet for long enough. */
    void quieten(long days) {
        end("resolved", null, "resolved", "nothing was found for " + days + " days");
    }

    /** A part of it is explained. */
    void explained(int series) {
        event("updated", null, null, Plain.count(series, "series is", "series are") + " explained by what came later");
    }

    /** Somebody takes it on. */
    void acknowledge(String who) {
        row = with(row.kind(), row.severity(), "acknowledged", row.lastDay(), null);
        change = "somebody looks after it";
        event("acknowledged", who, "acknowledged", "acknowledged");
    }

    /** Somebody closes it, for what is known until a day. */
    void close(String who, LocalDate today) {
        end("resolved", who, "resolved", "closed by hand");
        row = closed(today);
    }

    private void end(String state, @Nullable String who, String word, String detail) {
        row = with(row.kind(), row.severity(), state, row.lastDay(), now);
        event(state, who, word, detail);
    }

    private void event(String kind, @Nullable String who, @Nullable String word, String detail) {
        row = revised(word != null);
        events.add(new AlertEvent(row.id(), row.revision(), now, kind, who, detail));
        if (word != null) {
            notice = word;
        }
    }

    private AlertRow with(String kind, String severity, String state, LocalDate lastDay, @Nullable Instant resolved) {
        return new AlertRow(
                row.id(),
                row.key(),
                row.place(),
                row.reporter(),
                row.family(),
                row.hostile(),
                row.verified(),
                kind,
                severity,
                state,
                row.rule(),
                row.tenant(),
                row.openedDay(),
                lastDay,
                row.opened(),
                row.updated(),
                state.equals("open") || state.equals("acknowledged")
                        ? null
                        : resolved == null ? row.resolved() : resolved,
                row.closedDay(),
                row.joined(),
                row.revision());
    }

    private AlertRow revised(boolean told) {
        return new AlertRow(
                row.id(),
                row.key(),
                row.place(),
                row.reporter(),
                row.family(),
                row.hostile(),
                row.verified(),
                row.kind(),
                row.severity(),
                row.state(),
                row.rule(),
                row.tenant(),
                row.openedDay(),
                row.lastDay(),
                row.opened(),
                now,
                row.resolved(),
                row.closedDay(),
                told ? now : row.joined(),
                row.revision() + 1);
    }

    private AlertRow closed(LocalDate day) {
        return new AlertRow(
                row.id(),
                row.key(),
                row.place(),
                row.reporter(),
                row.family(),
                row.hostile(),
                row.verified(),
                row.kind(),
                row.severity(),
                row.state(),
                row.rule(),
                row.tenant(),
                row.openedDay(),
                row.lastDay(),
                row.opened(),
                row.updated(),
                row.resolved(),
                day,
                row.joined(),
                row.revision());
    }

    private static boolean anyAtLeast(List<Step> steps, Step.Novelty novelty) {
        return steps.stream().anyMatch(step -> step.novelty().compareTo(novelty) >= 0);
    }

    private static Severity rank(String severity) {
        return Severity.valueOf(severity.toUpperCase(Locale.ROOT));
    }

    /** The most severe; of equal ones the first in the order of names, so that everybody takes the same. */
    private static Step strongest(List<Step> steps) {
        return steps.stream()
                .max(Comparator.<Step, Severity>comparing(
                                step -> rank(step.part().severity()))
                        .thenComparing(step -> step.part().day())
                        .thenComparing(step -> step.part().kind())
                        .thenComparing(step -> step.part().domain())
                        .thenComparing(step -> step.part().organization()))
                .orElseThrow();
    }

    private static LocalDate last(List<Step> steps) {
        return steps.stream()
                .map(step -> step.part().day())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static String reporters(List<Step> steps) {
        List<String> names = steps.stream()
                .map(step -> Plain.text(step.part().name()))
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
        long domains =
                steps.stream().map(step -> step.part().domain()).distinct().count();
        return (names.isEmpty() ? "no reporter" : names.stream().limit(5).collect(Collectors.joining(", ")))
                + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "")
                + (domains > 1 ? ", several domains" : "");
    }
}
