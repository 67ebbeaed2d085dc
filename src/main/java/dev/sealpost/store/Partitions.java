package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Partitions of the monthly tables, by the UTC day of the report's start. What no partition was made for lies in the
 * default one; rows move between the two within the transaction that makes or drops a partition, so a question never
 * sees them twice or not at all.
 */
final class Partitions {
    private static final String ALL = """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass(?)""";
    private static final String MONTH = "_\\d{4}_\\d{2}";

    /**
     * Whoever waits for a table makes those wait who come after, so it is not for long, and less than PostgreSQL waits
     * before it ends one of two that wait for each other.
     */
    private static final String PATIENCE = "SET LOCAL lock_timeout = '700ms'";

    private Partitions() {}

    /** The months that a table has a partition for. */
    static SortedSet<YearMonth> months(Connection connection, String table) throws SQLException {
        SortedSet<YearMonth> months = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.setString(1, table);
            try (ResultSet names = statement.executeQuery()) {
                while (names.next()) {
                    String name = names.getString(1);
                    if (name.startsWith(table) && name.substring(table.length()).matches(MONTH)) {
                        months.add(YearMonth.parse(
                                name.substring(table.length() + 1).replace('_', '-')));
                    }
                }
            }
        }
        return months;
    }

    static String name(String table, YearMonth month) {
        return "%s_%04d_%02d".formatted(table, month.getYear(), month.getMonthValue());
    }

    /** A condition on the day. */
    static String in(YearMonth month) {
        return "day >= '" + month.atDay(1) + "' AND day < '"
                + month.plusMonths(1).atDay(1) + "'";
    }

    /**
     * Makes a month's partition of a table that has none, and moves what the default partition has of that month. Whoever
     * uses the table waits until its rows have moved.
     */
    static void make(Connection connection, String table, YearMonth month) throws SQLException {
        String name = name(table, month);
        run(connection, "LOCK TABLE " + table + "_default IN ACCESS EXCLUSIVE MODE");
        run(connection, "CREATE TABLE " + name + " (LIKE " + table + " INCLUDING ALL)");
        run(
                connection,
                "WITH moved AS (DELETE FROM " + table + "_default WHERE " + in(month) + " RETURNING *)"
                        + " INSERT INTO " + name + " SELECT * FROM moved");
        // Unlike CREATE TABLE ... PARTITION OF it does not lock the table itself.
        run(
                connection,
                "ALTER TABLE " + table + " ATTACH PARTITION " + name + " FOR VALUES FROM ('" + month.atDay(1)
                        + "') TO ('" + month.plusMonths(1).atDay(1) + "')");
    }

    /**
     * Drops a month's partition of a table.
     *
     * @param kept a SELECT of the rows to keep, out of PARTITION; they move to the default partition. Empty if none are
     */
    static void drop(Connection connection, String table, YearMonth month, String kept) throws SQLException {
        String name = name(table, month);
        if (!kept.isEmpty()) {
            run(connection, "ALTER TABLE " + table + " DETACH PARTITION " + name);
            run(connection, "INSERT INTO %s %s".formatted(table, kept.replace("PARTITION", name)));
        }
        run(connection, "DROP TABLE " + name);
    }

    /** Lets the rest of the transaction give up soon when it has to wait for a table. */
    static void hurry(Connection connection) throws SQLException {
        run(connection, PATIENCE);
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
