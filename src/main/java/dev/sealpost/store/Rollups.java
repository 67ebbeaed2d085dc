package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;

/** The sums over all domains beside the cells they are sums of. */
final class Rollups {
    private static final String GROUPED = " GROUP BY 1, 2, 3";
    private static final String CELLS = "SELECT day, policy_type, result_type, sum(failed) AS failed, count(*) AS cells"
            + " FROM daily_failures WHERE true";
    private static final String SUMS =
            "SELECT day, policy_type, result_type, sum(failed) AS failed, sum(cells) AS cells"
                    + " FROM rollup_failures WHERE true";

    private Rollups() {}

    /** One sum that is wrong. */
    record Wrong(LocalDate day, String policyType, String resultType, String text) {}

    /** The sums of some days that are not those of the cells. */
    static List<Wrong> differences(Connection connection, Scope scope) throws SQLException {
        Sql sql = new Sql("SELECT day, policy_type, result_type, coalesce(r.failed, 0), coalesce(r.cells, 0),"
                        + " coalesce(c.failed, 0), coalesce(c.cells, 0) FROM (")
                .add(CELLS)
                .add(scope.onDay())
                .add(GROUPED + ") c FULL JOIN (")
                .add(SUMS)
                .add(scope.onDay())
                .add(GROUPED
                        + ") r USING (day, policy_type, result_type) WHERE (coalesce(r.failed, 0), coalesce(r.cells, 0))"
                        + " <> (coalesce(c.failed, 0), coalesce(c.cells, 0)) ORDER BY 1, 2, 3");
        return ReadTransaction.list(
                connection,
                sql,
                row -> new Wrong(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getString(3),
                        "rollup_failures " + row.getString(1) + ' ' + row.getString(2) + ' ' + row.getString(3)
                                + ": is " + row.getString(4) + " in " + row.getString(5) + " cells, should be "
                                + row.getString(6) + " in " + row.getString(7)));
    }

    /**
     * Makes the writers of sums wait until the transaction ends. They have written their cells by then and add differences
     * to the sums at their end, so the cells that can be seen now are those that the sums have to be of.
     */
    static void lock(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE rollup_failures IN EXCLUSIVE MODE");
        }
    }

    /** Makes the sums of days in which one is wrong anew, under the lock; returns how many were wrong. */
    static int correct(Connection connection, Scope scope) throws SQLException {
        List<Wrong> wrong = differences(connection, scope);
        for (LocalDate day : wrong.stream().map(Wrong::day).distinct().toList()) {
            WriteTransaction.update(connection, new Sql("DELETE FROM rollup_failures WHERE day = ?", day));
            WriteTransaction.update(connection, new Sql("""
                    INSERT INTO rollup_failures (day, policy_type, result_type, bucket, failed, cells)
                    SELECT day, policy_type, result_type, 0, sum(failed), count(*) FROM daily_failures WHERE day = ?
                    GROUP BY 1, 2, 3""", day));
        }
        return wrong.size();
    }
}
