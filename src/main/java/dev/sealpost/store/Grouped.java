package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Sums of rows called {@code f} in groups, in the order that all answers have: by time, then most failed sessions first,
 * then by the groups' names. Distinct counts may come from other rows than the sums, and are missing where those are.
 */
final class Grouped {
    static final String MAX = "9223372036854775807";

    /** An answer has no more rows: they are put in order before the first is sent. */
    static final int MOST_ROWS = 500_000;

    private static final String NAME = "min(f.organization_name) AS name, ";

    private final List<? extends Key> keys;
    private final Sql with;
    private final String answer;

    private Grouped(List<? extends Key> keys, Sql with, String answer) {
        this.keys = keys;
        this.with = with;
        this.answer = answer;
    }

    /**
     * Rows however they are made.
     *
     * @param with what follows WITH; its last table is {@code summed}, with the keys as k0, k1 and so on, name and failed
     */
    static Grouped of(List<? extends Key> keys, Sql with) {
        return new Grouped(keys, with, "* FROM summed");
    }

    /**
     * Sums only.
     *
     * @param sums aggregates, one called {@code failed}
     * @param from FROM and WHERE of the rows summed, with organization_name
     * @param missing what else a row has, null in all of them; starts with a comma or is empty
     */
    static Grouped sums(List<? extends Key> keys, String sums, Sql from, String missing) {
        return new Grouped(keys, table("summed", select(keys, NAME + sums, from)), "*" + missing + " FROM summed");
    }

    /**
     * Sums, and counts out of other rows.
     *
     * @param counts aggregates, with other names
     * @param countedFrom FROM and WHERE of the rows counted
     */
    static Grouped counted(List<? extends Key> keys, String sums, Sql from, String counts, Sql countedFrom) {
        return new Grouped(
                keys,
                table("summed", select(keys, NAME + sums, from))
                        .add(", ")
                        .add(table("counted", select(keys, counts, countedFrom))),
                "* FROM summed " + joined("counted", keys));
    }

    private static Sql table(String name, Sql select) {
        return new Sql(name + " AS (").add(select).add(")");
    }

    private static Sql select(List<? extends Key> keys, String aggregates, Sql from) {
        return new Sql("SELECT " + names(keys) + aggregates + " FROM ")
                .add(from)
                .add(numbers(keys, " GROUP BY ") + " HAVING count(*) > 0");
    }

    /** The keys of rows {@code f}, as the first columns of a SELECT. */
    static String names(List<? extends Key> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> "coalesce(" + keys.get(i).expression() + ", '') COLLATE \"C\" AS k" + i + ", ")
                .collect(Collectors.joining());
    }

    /** The positions of these columns after some words; nothing if there are none. */
    static String numbers(List<? extends Key> keys, String before) {
        return keys.isEmpty()
                ? ""
                : IntStream.rangeClosed(1, keys.size())
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(", ", before, ""));
    }

    /** The rows after a position, at most so many; all if there is no limit. */
    Sql rows(Optional<Position> after, int limit) {
        Sql sql = new Sql("WITH ").add(with).add(" SELECT count(*) OVER () AS all_rows, " + answer + " WHERE true");
        after.ifPresent(position -> sql.add(" AND (" + order() + ") > (" + marks() + ")", values(position)));
        sql.add(" ORDER BY " + order());
        return limit < Integer.MAX_VALUE ? sql.add(" LIMIT ?", limit) : sql;
    }

    /** A join of the same groups in another table, which may lack some. */
    static String joined(String table, List<? extends Key> keys) {
        return "LEFT JOIN " + table
                + (keys.isEmpty()
                        ? " ON true"
                        : IntStream.range(0, keys.size())
                                .mapToObj(i -> "k" + i)
                                .collect(Collectors.joining(", ", " USING (", ")")));
    }

    /** Positions of the keys in the order: those of time, then the others; between them stand the failed sessions. */
    private List<Integer> ordered(boolean time) {
        return IntStream.range(0, keys.size())
                .filter(i -> keys.get(i).time() == time)
                .boxed()
                .toList();
    }

    private String order() {
        List<String> columns = new ArrayList<>();
        ordered(true).forEach(i -> columns.add("k" + i));
        columns.add("-failed");
        ordered(false).forEach(i -> columns.add("k" + i));
        return String.join(", ", columns);
    }

    private String marks() {
        return order().replaceAll("k\\d+", "?").replace("-failed", "-?::bigint");
    }

    private Object[] values(Position position) {
        List<Object> values = new ArrayList<>();
        ordered(true).forEach(i -> values.add(position.keys().get(i)));
        values.add(position.failed());
        ordered(false).forEach(i -> values.add(position.keys().get(i)));
        return values.toArray();
    }

    /** The groups of a row as compared. */
    List<String> position(ResultSet row) throws SQLException {
        List<String> position = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            position.add(row.getString("k" + i));
        }
        return position;
    }

    /** The groups of a row as shown: null where there is none, a reporter by the name it gives itself. */
    List<@Nullable String> shown(ResultSet row) throws SQLException {
        List<@Nullable String> shown = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String value = row.getString(keys.get(i).label().equals("organization") ? "name" : "k" + i);
            shown.add(value.isEmpty() ? null : value);
        }
        return shown;
    }

    /** Refuses an answer with more than {@link #MOST_ROWS}. */
    static void checkRows(ResultSet row) throws SQLException {
        if (row.getLong("all_rows") > MOST_ROWS) {
            throw new TooManyRowsException(
                    "the answer has more than " + MOST_ROWS + " rows: ask for fewer days, fewer groups, or less");
        }
    }

    /** A count that may be missing. */
    static @Nullable Long count(ResultSet row, String column) throws SQLException {
        long count = row.getLong(column);
        return row.wasNull() ? null : count;
    }
}
