package dev.sealpost.store;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;

/** A store on tables that are empty before each test. */
abstract class OnEmptyTables {
    final TestDatabase database = TestDatabase.get();
    final ReportStore store = database.store();

    @BeforeEach
    final void empty() {
        database.clear();
    }

    /** Stores a batch, and says what of it was new. */
    final List<Arrival> store(List<Arrival> arrivals) {
        return store.store(arrivals, List.of()).inserted();
    }
}
