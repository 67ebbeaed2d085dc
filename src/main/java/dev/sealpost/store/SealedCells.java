package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

/**
 * The part of the cells whose reports are no longer stored: cell = sealed part + what the stored reports say. So the cells
 * stay as they are when their reports go, and stay right when more reports come.
 */
@Singleton
class SealedCells {
    private static final String MAX = "9223372036854775807";
    private static final String KEY = "domain, day, organization, channel, provenance";

    private static final List<String> SHARES = List.of(
            add("sealed_sessions", KEY, Recount.SESSION_COLUMNS, Recount.SHARES_OF_SESSIONS),
            add("sealed_other_sessions", KEY + ", policy_type", Recount.OTHER_COLUMNS, Recount.SHARES_OF_OTHERS),
            add(
                    "sealed_failures",
                    KEY + ", policy_type, result_type, receiving_mx_hostname",
                    Recount.FAILURE_COLUMNS,
                    Recount.SHARES_OF_FAILURES));

    private static final Bulk<Removal.Doomed> REPORTS = new Bulk<Removal.Doomed>("report")
            .column("day", "date", Removal.Doomed::day)
            .column("id", "uuid", Removal.Doomed::id);
    private static final String GONE = """
            INSERT INTO gone_report (day, id, identity, sealed)
            SELECT r.day, r.id, r.identity, r.counts FROM %s JOIN report r ON r.day = u.day AND r.id = u.id
            ON CONFLICT DO NOTHING""".formatted(REPORTS.rows());

    private static String add(String table, String key, String columns, String shares) {
        List<String> sums = Arrays.stream(columns.split(", "))
                .filter(column -> !List.of(key.split(", ")).contains(column))
                .filter(column -> !column.equals("organization_name") && !column.equals("saturated"))
                .toList();
        return "INSERT INTO " + table + " AS d (" + columns + ") " + shares + " ON CONFLICT (" + key
                + ") DO UPDATE SET "
                + sums.stream()
                        .map("%1$s = least(d.%1$s::numeric + excluded.%1$s, MAX)"::formatted)
                        .collect(Collectors.joining(", "))
                        .replace("MAX", MAX)
                + ", organization_name = least(d.organization_name COLLATE \"C\", excluded.organization_name)"
                + ", saturated = d.saturated OR excluded.saturated OR greatest("
                + sums.stream()
                        .map("d.%1$s::numeric + excluded.%1$s"::formatted)
                        .collect(Collectors.joining(", "))
                + ") > " + MAX;
    }

    /**
     * Adds what stored reports have in the cells of locked units, and notes that they are gone: they do not come back, and
     * of those that count no other version does. The caller deletes them in the same transaction.
     */
    void add(Connection connection, List<Removal.Doomed> reports) throws SQLException {
        List<Recount.Share> shares = reports.stream()
                .flatMap(report -> report.units().stream().distinct().map(unit -> new Recount.Share(unit, report.id())))
                .toList();
        for (String sql : SHARES) {
            Recount.Share.BULK.run(connection, sql, shares);
        }
        REPORTS.run(connection, GONE, reports);
    }

    /** Takes the sealed part of units away. */
    void remove(Connection connection, Collection<Unit> units) throws SQLException {
        Bulk<Unit> bulk = Unit.bulk("");
        for (String table : List.of("sealed_sessions", "sealed_other_sessions", "sealed_failures")) {
            bulk.run(
                    connection,
                    "DELETE FROM " + table + " d USING " + bulk.rows()
                            + " WHERE d.domain = u.domain AND d.day = u.day AND d.organization = u.organization",
                    List.copyOf(units));
        }
    }
}
