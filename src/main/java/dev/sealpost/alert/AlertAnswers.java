package dev.sealpost.alert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.access.Caller;
import dev.sealpost.store.AlertBook;
import dev.sealpost.store.AlertQuestion;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSeries;
import dev.sealpost.store.AlertSession;
import dev.sealpost.store.AlertSettings;
import org.jspecify.annotations.Nullable;

/** Alerts as the caller of this moment sees them. */
@Singleton
class AlertAnswers {
    private final AlertQuestion question;
    private final AlertBook book;
    private final AlertViews views;
    private final Silences silences;
    private final Caller caller;

    AlertAnswers(AlertQuestion question, AlertBook book, AlertViews views, Silences silences, Caller caller) {
        this.question = question;
        this.book = book;
        this.views = views;
        this.silences = silences;
        this.caller = caller;
    }

    /** A page of alerts. */
    List<AlertItem> list(AlertQuestion.Wanted wanted, Optional<AlertQuestion.Place> after, int limit) {
        return items(question.list(wanted, after, limit));
    }

    /** One alert; empty if there is none, or the caller sees nothing of it. */
    Optional<AlertItem> find(UUID id) {
        return items(question.find(id).stream().toList()).stream().findFirst();
    }

    private List<AlertItem> items(List<AlertRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        AlertQuestion.Contents contents =
                question.contents(rows.stream().map(AlertRow::id).toList(), AlertViews.NAMED);
        Map<UUID, List<AlertSeries>> series =
                contents.series().stream().collect(Collectors.groupingBy(AlertSeries::alert));
        Set<String> seen = bound() ? question.seen(views.compared(contents.series())) : Set.of();
        // Those of the operator too, which a tenant does not see and which hold for it all the same.
        List<AlertSettings.Entry> silent = book.change(AlertSession::silences);
        return rows.stream()
                .filter(row -> series.containsKey(row.id()))
                .map(row -> {
                    Story story = views.story(
                            row,
                            series.getOrDefault(row.id(), List.of()),
                            contents.domains().getOrDefault(row.id(), 0L),
                            domain -> !bound() || seen.contains(domain));
                    return views.item(story, silences.hold(silent, story, tenant()));
                })
                .toList();
    }

    private boolean bound() {
        return caller.binding().isPresent();
    }

    private @Nullable String tenant() {
        return caller.binding().map(Caller.Binding::tenant).orElse(null);
    }
}
