package dev.sealpost.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import jakarta.inject.Singleton;

import dev.sealpost.alert.detect.Incidents;
import dev.sealpost.store.AlertBook;
import dev.sealpost.store.AlertRounds;
import dev.sealpost.store.AlertRow;
import dev.sealpost.store.AlertSession;

/** Ends alerts that have been quiet for long enough, forgets old ones, and counts the open ones. */
@Singleton
class AlertUpkeep {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Reports about a day come on the day after it, mostly. */
    private static final long ARRIVAL_DAYS = 1;

    private static final long KEPT_DAYS = 400;
    private static final Duration BETWEEN_FORGETTING = Duration.ofDays(1);

    /** Alerts in one transaction, which ends well within the lease. */
    private static final int AT_ONCE = 500;

    private static final AlertRounds.Round NOTHING = new AlertRounds.Round(0, List.of());

    private final AlertBook book;
    private final Teller teller;
    private final Horizon horizon;
    private final RuleClock rules;
    private final OpenAlerts open;
    private volatile Instant due = Instant.MIN;
    private volatile Instant forgetting = Instant.MIN;

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
        LocalDate today = horizon.today();
        LocalDate quiet = today.minusDays(Incidents.QUIET_DAYS + ARRIVAL_DAYS);
        boolean ended = inParts(lease, going, session -> end(session, quiet, now));
        if (ended && !now.isBefore(forgetting)) {
            forgetting = now.plus(BETWEEN_FORGETTING);
            inParts(lease, going, session -> session.forget(today.minusDays(KEPT_DAYS), AT_ONCE));
        }
        open.count();
    }

    /** Transaction after transaction until one finds less than a part; false if the lease was lost. */
    private boolean inParts(AlertRounds.Lease lease, RoundWork.Going going, ToIntFunction<AlertSession> work) {
        AtomicInteger done = new AtomicInteger();
        do {
            if (!going.on() || !book.conclude(lease, NOTHING, session -> done.set(work.applyAsInt(session)))) {
                return false;
            }
        } while (done.get() == AT_ONCE);
        return true;
    }

    private int end(AlertSession session, LocalDate since, Instant now) {
        Map<UUID, Draft> drafts = new TreeMap<>();
        for (AlertRow row : session.quiet(since, AT_ONCE)) {
            Draft draft = Draft.of(row, now);
            draft.quieten(Incidents.QUIET_DAYS);
            drafts.put(row.id(), draft);
        }
        new AlertWriter(session, teller, now).conclude(drafts);
        return drafts.size();
    }
}
