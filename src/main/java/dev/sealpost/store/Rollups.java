package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The sums over all domains beside the cells they are sums of. */
final class Rollups {
    private static final String LEAST = ", min(organization_name COLLATE \"C\") AS organization_name";

    /**
     * One table of sums, as its cells give them.
     *
     * @param keys columns, the day first
     * @param values columns that are compared
     * @param name what else a row has
     * @param cells the rows, with a place for a condition on the day
     */
    private record Kept(String table, String keys, String values, String name, Cells cells) {
        private String each(String format, String between) {
            return Arrays.stream(values.split(", "))
                    .map(value -> format.replace("V", value))
                    .collect(Collectors.joining(between));
        }

        Sql differences(Scope scope) {
            String right = each("coalesce(c.V, 0)", ", ");
            String found = each("coalesce(r.V, 0)", ", ");
            return new Sql("SELECT day, '" + table + " ' || concat_ws(' ', " + keys + ") || ': is ' || concat_ws(', ', "
                            + found + ") || ', should be ' || concat_ws(', ', " + right + ") FROM (")
                    .add(cells.of(scope))
                    .add(") c FULL JOIN (SELECT " + keys + ", " + each("sum(V) AS V", ", ") + " FROM " + table
                            + " WHERE true")
                    .add(scope.onDay())
                    .add(" GROUP BY " + keys + ") r USING (" + keys + ") WHERE (" + found + ") <> (" + right
                            + ") ORDER BY " + keys);
        }

        Sql insert(Scope day) {
            String columns = keys + ", " + values + name;
            return new Sql("INSERT INTO " + table + " (" + columns + ", bucket) SELECT " + columns + ", 0 FROM (")
                    .add(cells.of(day))
                    .add(") c");
        }
    }

    private interface Cells {
        Sql of(Scope scope);
    }

    private static final List<Kept> ALL = List.of(
            new Kept(
                    "rollup_failures",
                    "day, policy_type, result_type",
                    "failed, cells",
                    "",
                    scope -> new Sql("SELECT day, policy_type, result_type, sum(failed) AS failed, count(*) AS cells"
                                    + " FROM daily_failures WHERE true")
                            .add(scope.onDay())
                            .add(" GROUP BY 1, 2, 3")),
            new Kept(
                    "rollup_sessions",
                    "day, organization",
                    "successful, failed, reports",
                    ", organization_name",
                    scope -> new Sql("SELECT day, organization, sum(successful) AS successful, sum(failed) AS failed,"
                                    + " sum(reports) AS reports" + LEAST + " FROM daily_sessions WHERE true")
                            .add(scope.onDay())
                            .add(" GROUP BY 1, 2")),
            new Kept(
                    "rollup_reporters",
                    "day, organization, result_type",
                    "failed, reports",
                    ", organization_name",
                    scope -> new Sql("SELECT day, organization, result_type, sum(failed) AS failed,"
                                    + " sum(of_type) AS reports" + LEAST + " FROM daily_failures WHERE true")
                            .add(scope.onDay())
                            .add(" GROUP BY 1, 2, 3 UNION ALL SELECT day, organization, '', sum(failed), sum(of_all)"
                                    + LEAST + " FROM daily_failures WHERE true")
                            .add(scope.onDay())
                            .add(" GROUP BY 1, 2")));

    private Rollups() {}

    /** One sum that is wrong. */
    record Wrong(LocalDate day, String text) {}

    /** The sums of some days that are not those of the cells. */
    static List<Wrong> differences(Connection connection, Scope scope) throws SQLException {
        List<Wrong> wrong = new ArrayList<>();
        for (Kept kept : ALL) {
            wrong.addAll(differences(connection, kept, scope));
        }
        return wrong;
    }

    private static List<Wrong> differences(Connection connection, Kept kept, Scope scope) throws SQLException {
        return ReadTransaction.list(
                connection,
                kept.differences(scope),
                row -> new Wrong(row.getObject(1, LocalDate.class), row.getString(2)));
    }

    /**
     * Makes the writers of sums wait until the transaction ends. They have written their cells by then and add differences
     * to the sums at their end, so the cells that can be seen now are those that the sums have to be of.
     */
    static void lock(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE " + ALL.stream().map(Kept::table).collect(Collectors.joining(", "))
                    + " IN EXCLUSIVE MODE");
        }
    }

    /** Makes the sums of days in which one is wrong anew, under the lock; returns how many were wrong. */
    static int correct(Connection connection, Scope scope) throws SQLException {
        int corrected = 0;
        for (Kept kept : ALL) {
            List<Wrong> wrong = differences(connection, kept, scope);
            for (LocalDate day : wrong.stream().map(Wrong::day).distinct().toList()) {
                WriteTransaction.update(connection, new Sql("DELETE FROM " + kept.table + " WHERE day = ?", day));
                WriteTransaction.update(connection, kept.insert(Scope.of(day)));
            }
            corrected += wrong.size();
        }
        return corrected;
    }
}
