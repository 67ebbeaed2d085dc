package dev.sealpost.alert;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import dev.sealpost.store.AlertRow;
import org.jspecify.annotations.Nullable;

/**
 * What the alerts of a key say of the findings that come now.
 *
 * @param newest the one that began last
 * @param closed days until this one were closed by hand, in whichever of the alerts, and open nothing again; null if none were
 */
record Past(AlertRow newest, @Nullable LocalDate closed) {
    /** By key. */
    static Map<String, Past> of(Collection<AlertRow> rows) {
        Map<String, Past> pasts = new HashMap<>();
        rows.forEach(row -> pasts.merge(row.key(), new Past(row, row.closedDay()), Past::and));
        return pasts;
    }

    private Past and(Past other) {
        return new Past(
                newest.openedDay().isAfter(other.newest.openedDay()) ? newest : other.newest,
                closed == null || (other.closed != null && other.closed.isAfter(closed)) ? other.closed : closed);
    }

    /** The alert that new findings may go on with; null if it was closed. */
    @Nullable
    AlertRow goesOn() {
        return newest.closedDay() == null ? newest : null;
    }
}
