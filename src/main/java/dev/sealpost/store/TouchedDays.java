package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The queue of days of domains that are to be judged. Written by whoever changes cells, in the same transaction: what counts
 * is judged, and what was rolled back is not. Who judges a day never keeps a writer waiting.
 */
@Singleton
class TouchedDays {
    private static final Bulk<DomainDay> BULK = DomainDay.bulk("alert_touched AS t");

    /** A day that waits already keeps its time; one that is being judged just now is judged once more. */
    private static final String PUT = "INSERT INTO alert_touched AS t (domain, day, due) SELECT u.domain, u.day,"
            + " clock_timestamp() + ? * interval '1 ms' FROM " + BULK.rows()
            + " WHERE u.day > (clock_timestamp() AT TIME ZONE 'UTC')::date - ?::integer ORDER BY u.domain, u.day"
            + " ON CONFLICT (domain, day) DO UPDATE SET due = excluded.due, round = 0 WHERE t.round <> 0";

    private final Duration settle;
    private final int horizonDays;

    @Inject
    TouchedDays(AlertsConfig config) {
        this(config.settle(), config.horizonDays());
    }

    /** @param settle from the first change of a day until it is judged */
    TouchedDays(Duration settle, int horizonDays) {
        this.settle = settle;
        this.horizonDays = horizonDays;
    }

    /** Notes the days of these units; old ones are judged no more. */
    void put(Connection connection, Collection<Unit> units) throws SQLException {
        putDays(connection, units.stream().map(DomainDay::of).toList());
    }

    /** Notes days; the writers of one day come one after the other, for they hold its lock. */
    void putDays(Connection connection, Collection<DomainDay> touched) throws SQLException {
        List<DomainDay> days =
                touched.stream().distinct().sorted(DomainDay.ORDER).toList();
        if (days.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setLong(1, settle.toMillis());
            int next = BULK.bind(connection, put, days, 2);
            put.setInt(next, horizonDays);
            put.executeUpdate();
        }
    }
}
