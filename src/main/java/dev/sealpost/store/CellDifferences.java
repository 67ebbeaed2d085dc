package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of daily tables beside those that {@link Recount} makes of the stored reports. */
final class CellDifferences {
    /** Rows of one table that are told of at once. */
    static final int MOST = 20;

    private record Table(String name, String columns, String recount) {
        /** Both kinds of rows: those that should be there and are not, and those that are there and should not. */
        String sql() {
            // The collation of what Recount gives.
            String found = columns.replace("organization_name", "organization_name COLLATE \"C\"");
            return """
                    WITH made(%1$s) AS (%2$s),
                    found AS (SELECT %3$s FROM (SELECT d.* FROM %4$s JOIN %5$s d
                        ON d.domain = u.domain AND d.day = u.day AND d.organization = u.organization) d)
                    SELECT * FROM (
                        SELECT 'is' AS side, f::text FROM (TABLE found EXCEPT ALL TABLE made) f
                        UNION ALL SELECT 'should be', m::text FROM (TABLE made EXCEPT ALL TABLE found) m) x
                    ORDER BY 2, 1 LIMIT %6$d""".formatted(columns, recount, found, Unit.bulk("").rows(), name, MOST);
        }
    }

    private static final List<Table> TABLES = List.of(
            new Table("daily_sessions", Recount.SESSION_COLUMNS, Recount.SESSIONS),
            new Table("daily_other_sessions", Recount.OTHER_COLUMNS, Recount.OTHERS),
            new Table("daily_failures", Recount.FAILURE_COLUMNS, Recount.FAILURES));

    private CellDifferences() {}

    /** The first differences of some units in each table, in words. */
    static List<String> find(Connection connection, List<Unit> units) throws SQLException {
        List<String> differences = new ArrayList<>();
        if (units.isEmpty()) {
            return differences;
        }
        Bulk<Unit> bulk = Unit.bulk("");
        for (Table table : TABLES) {
            try (PreparedStatement statement = connection.prepareStatement(table.sql())) {
                bulk.bind(connection, statement, units, bulk.bind(connection, statement, units, 1));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        differences.add(table.name + ": " + row.getString(1) + ' ' + row.getString(2));
                    }
                }
            }
        }
        return differences;
    }
}
