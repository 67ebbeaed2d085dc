package dev.sealpost.store;

import static dev.sealpost.store.KnownReports.FRIDAY;

import org.junit.jupiter.api.AfterEach;

/** The same with partitions of months, which are gone after each test. */
abstract class OnMonths extends OnEmptyTables {
    @AfterEach
    final void dropMonths() {
        database.clear();
        database.dropMonths();
    }

    /** Makes those of the known reports' month and the next. */
    final void months() {
        database.months().make(FRIDAY, FRIDAY, FRIDAY);
    }
}
