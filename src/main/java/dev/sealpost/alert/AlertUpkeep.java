package dev.sealpost.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.alert.detect.Incidents;
import dev.sealpost.store.AlertBook;
import dev.sealpost.store.AlertRounds;
import dev.sealpost.store.AlertRow;

/** Ends alerts that have been quiet for long enough, forgets old ones, and counts the open ones. */
@Singleton
class AlertUpkeep {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Reports about a day come on the day after it, mostly. */
    private static final long ARRIVAL_DAYS = 1;

    private static final long KEPT_DAYS = 400;

    private final AlertBook book;
    private final Teller teller;
    private final Horizon horizon;
    private final RuleClock rules;
    private final OpenAlerts open;
    private volatile Instant due = Instant.MIN;

    AlertUpkeep(AlertBook book, RuleClock rules, Teller teller, Horizon horizon, OpenAlerts open) {
        this.book = book;
        this.rules = rules;
        this.teller = teller;
        this.horizon = horizon;
        this.open = open;
    }

    /** Does what is due, for the holder of the lease. */
    void run(AlertRounds.Lease lease, RoundWork.Going going) {
        rules.run(book, lease, teller, going);
        Instant now = horizon.now();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(PAUSE);
        AlertRounds.Round nothing = new AlertRounds.Round(0, List.of());
        book.conclude(lease, nothing, session -> {
            Map<UUID, Draft> drafts = new TreeMap<>();
            for (AlertRow row : session.quiet(horizon.today().minusDays(Incidents.QUIET_DAYS + ARRIVAL_DAYS))) {
                Draft draft = Draft.of(row, now);
                draft.quieten(Incidents.QUIET_DAYS);
                drafts.put(row.id(), draft);
            }
            new AlertWriter(session, teller, now).conclude(drafts);
            session.forget(horizon.today().minusDays(KEPT_DAYS));
        });
        open.count();
    }
}
