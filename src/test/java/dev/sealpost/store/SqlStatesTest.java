package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of the database are the moment's or a setting's, and which a report's own. */
class SqlStatesTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "08006",
                "08001", // connection
                "28P01",
                "28000", // password, pg_hba.conf
                "25006",
                "25P03", // read-only, idle for too long
                "40001",
                "40P01", // serialization, deadlock
                "53100",
                "53200",
                "53300", // disk full, memory, connections
                "55P03",
                "55006", // lock, in use
                "57P01",
                "57P02",
                "57P03",
                "57014", // shutdown, crash, starting up, cancelled
                "58030", // input or output
                "0A000",
                "26000", // a plan of tables that have changed
                "3D000",
                "42P01",
                "42703",
                "42501" // no such database, table, column; not ours
            })
    void tryAgain(String state) {
        assertThat(StoreUnavailableException.of(new SQLException("x", state)))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22021", "22P02", "22P05", "23505", "23514", "54000", "42601", "XX000"})
    void neverAgain(String state) {
        assertThat(StoreUnavailableException.of(new SQLException("x", state))).isInstanceOf(UnstorableException.class);
    }
}
