package dev.sealpost.aggregate;

import jakarta.inject.Singleton;

import dev.sealpost.store.CellRetention;
import dev.sealpost.store.RawRetention;
import dev.sealpost.store.ReportRetention;

/** Ends what is old: originals first, then what was read of them, then the cells. */
@Singleton
class Retention {
    /** Rows in one transaction: so few that others do not wait for them for long. */
    private static final int BATCH = 1_000;

    private final RawRetention raw;
    private final ReportRetention reports;
    private final CellRetention cells;

    Retention(RawRetention raw, ReportRetention reports, CellRetention cells) {
        this.raw = raw;
        this.reports = reports;
        this.cells = cells;
    }

    void expire(RetentionTimes kept) {
        raw.expire(kept.raw(), BATCH);
        reports.expire(kept.reports(), BATCH);
        kept.daily().ifPresent(day -> cells.expire(day, BATCH));
    }
}
