package dev.sealpost.alert;

import java.time.LocalDate;

import dev.sealpost.alert.detect.Incidents;
import dev.sealpost.store.AlertRow;

/** How an alert ended. */
final class Ending {
    private Ending() {}

    /** A paragraph that stands before what the alert said. */
    static String of(AlertRow alert) {
        LocalDate closed = alert.closedDay();
        String how = alert.state().equals("withdrawn")
                ? "Withdrawn: what came later explains all of it. Others see the same (then another alert tells of that),"
                        + " the numbers were corrected, or a report was deleted."
                : closed != null && !alert.lastDay().isAfter(closed)
                        ? "Resolved: somebody closed it. Reports about days until %s do not open it again."
                                .formatted(closed)
                        : "Resolved: nothing of it was found for %d days after %s."
                                .formatted(Incidents.QUIET_DAYS, alert.lastDay());
        return how + " Nothing has to be done. It was:";
    }
}
