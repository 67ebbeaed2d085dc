package dev.sealpost.alert;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.store.AlertBook;
import dev.sealpost.store.AlertQuestion;
import dev.sealpost.store.AlertRow;

/** What people decide of alerts: written with its history and the word of it in one transaction. */
@Singleton
class AlertDecisions {
    private final AlertBook book;
    private final AlertQuestion question;
    private final Teller teller;
    private final Clock clock;

    AlertDecisions(AlertBook book, AlertQuestion question, Teller teller, Clock clock) {
        this.book = book;
        this.question = question;
        this.teller = teller;
        this.clock = clock;
    }

    /**
     * Takes an alert on.
     *
     * @throws ProblemException if the caller sees nothing of it, or not all, or it has ended
     */
    void acknowledge(UUID id, String who) {
        decide(id, draft -> draft.acknowledge(who));
    }

    /** Closes an alert: what was reported until today does not open it again. */
    void resolve(UUID id, String who) {
        decide(id, draft -> draft.close(who, Days.today(clock)));
    }

    private void decide(UUID id, Consumer<Draft> decision) {
        if (question.find(id).isEmpty()) {
            throw notFound();
        }
        long seen = question.contents(List.of(id), 1).domains().getOrDefault(id, 0L);
        book.change(session -> {
            AlertRow row = session.find(List.of(id)).stream().findFirst().orElseThrow(AlertDecisions::notFound);
            if (session.domains(id).size() > seen) {
                throw Problem.of(
                                409,
                                "others-concerned",
                                "this alert is about domains of others too; a silence is for your channels alone")
                        .exception();
            }
            if (!row.isOpen()) {
                throw Problem.of(409, "alert-ended", "this alert is " + row.state() + " already")
                        .exception();
            }
            Draft draft = Draft.of(row, clock.instant());
            decision.accept(draft);
            new AlertWriter(session, teller, clock.instant()).conclude(Map.of(id, draft));
            return true;
        });
    }

    static ProblemException notFound() {
        return Problem.of(404, "not-found", "there is no such alert").exception();
    }
}
