package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Walks over the days of domains of which anything is stored, and over what is stored of them. */
final class DomainDays {
    /** Where one may be named; the first names all, unless something went wrong. */
    private static final List<String> TABLES =
            List.of("daily_domain", "policy", "daily_sessions", "daily_other_sessions", "daily_failures");

    private static final Bulk<DomainDay> BULK = DomainDay.bulk("");
    private static final String UNITS = TABLES.stream()
            .skip(1)
            .map(table -> "SELECT u.domain, u.day, x.organization FROM u JOIN " + table
                    + " x ON x.domain = u.domain AND x.day = u.day")
            .collect(Collectors.joining(" UNION ", "WITH u AS MATERIALIZED (SELECT * FROM " + BULK.rows() + ") ", ""));
    // A few blocks and not all of a large table; every row of a small one.
    private static final String SAMPLE = """
            SELECT domain, day FROM daily_domain TABLESAMPLE SYSTEM (
                (SELECT least(100, 100.0 * 100 * 8192 / greatest(1, sum(pg_relation_size(relid))))
                 FROM pg_partition_tree('daily_domain')))
            WHERE NOT due ORDER BY random() LIMIT ?""";
    private static final String DUE =
            "SELECT domain, day FROM daily_domain WHERE due AND rule <= ? ORDER BY 1, 2 LIMIT ?";

    private DomainDays() {}

    /** The next days in the database's order, at most so many. */
    static List<DomainDay> next(Connection connection, Scope scope, Optional<DomainDay> after, int limit)
            throws SQLException {
        Sql sql = new Sql("SELECT DISTINCT domain, day FROM (");
        for (String table : TABLES) {
            sql.add(table.equals(TABLES.getFirst()) ? "" : " UNION ALL ")
                    .add("(SELECT DISTINCT domain, day FROM " + table + " WHERE domain <> ''")
                    .add(scope.onDomainAndDay());
            after.ifPresent(last -> sql.add(" AND (domain, day) > (?, ?)", last.domain(), last.day()));
            sql.add(" ORDER BY domain, day LIMIT ?)", limit);
        }
        return days(connection, sql.add(") d ORDER BY domain, day LIMIT ?", limit));
    }

    /** Some days by chance. */
    static List<DomainDay> sample(Connection connection, int limit) throws SQLException {
        return days(connection, new Sql(SAMPLE, limit));
    }

    /** Days in which an older program stored reports that the cells lack, of this rule or an older one. */
    static List<DomainDay> due(Connection connection, int rule, int limit) throws SQLException {
        return days(connection, new Sql(DUE, rule, limit));
    }

    /** All units of some days that have policies or cells. */
    static Set<Unit> units(Connection connection, List<DomainDay> days) throws SQLException {
        Set<Unit> units = new HashSet<>();
        BULK.query(
                connection,
                UNITS,
                days,
                row -> units.add(new Unit(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3))));
        return units;
    }

    /** Those of some days and units, each once. */
    static List<DomainDay> union(List<DomainDay> days, Set<Unit> units) {
        return Stream.concat(days.stream(), units.stream().map(unit -> new DomainDay(unit.domain(), unit.day())))
                .distinct()
                .sorted(DomainDay.ORDER)
                .toList();
    }

    private static List<DomainDay> days(Connection connection, Sql sql) throws SQLException {
        return new ArrayList<>(ReadTransaction.list(
                connection, sql, row -> new DomainDay(row.getString(1), row.getObject(2, LocalDate.class))));
    }
}
