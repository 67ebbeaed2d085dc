package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sealpost.report.ResultType;

/** The names in the cells of some days of domains, and those that are let in beside them. */
final class KnownNames {
    /**
     * Rows of daily_failures that unverified reports make on one day of a domain, before all their hosts and unregistered
     * types are counted as one: names within their caps make many combinations.
     */
    private static final int MOST_ROWS = 10_000;

    private static final Bulk<DomainDay> DAYS =
            new Bulk<DomainDay>("").column("domain", "text", DomainDay::domain).column("day", "date", DomainDay::day);
    private static final String NAMES = """
            SELECT c.domain, c.day, c.NAME, bool_and(c.provenance IN (%s)) AS invented
            FROM %s JOIN TABLE c ON c.domain = u.domain AND c.day = u.day GROUP BY 1, 2, 3""".formatted(Unverified.LABELS, DAYS.rows());
    private static final String FAILURES = """
            SELECT c.domain, c.day, c.receiving_mx_hostname, c.result_type, bool_and(c.provenance IN (%1$s)) AS invented,
                count(*) FILTER (WHERE c.provenance IN (%1$s)) AS rows
            FROM %2$s JOIN daily_failures c ON c.domain = u.domain AND c.day = u.day GROUP BY 1, 2, 3, 4""".formatted(Unverified.LABELS, DAYS.rows());

    private static final class Names {
        private final Set<String> verified = new HashSet<>();
        private final Set<String> invented = new HashSet<>();

        private void put(String name, boolean onlyUnverified) {
            (onlyUnverified ? invented : verified).add(name);
        }

        private boolean admits(String name, int most) {
            if (verified.contains(name) || invented.contains(name)) {
                return true;
            }
            return invented.size() < most && invented.add(name);
        }
    }

    private static final class Day {
        private final Map<NameKind, Names> names = new EnumMap<>(NameKind.class);
        private long rows;

        private Names of(NameKind kind) {
            return names.computeIfAbsent(kind, k -> new Names());
        }
    }

    private final Map<DomainDay, Day> days = new HashMap<>();
    private final Map<NameKind, Long> refused = new EnumMap<>(NameKind.class);

    private KnownNames() {}

    static KnownNames read(Connection connection, Collection<DomainDay> wanted) throws SQLException {
        KnownNames known = new KnownNames();
        List<DomainDay> all = List.copyOf(wanted);
        all.forEach(day -> known.days.put(day, new Day()));
        known.read(connection, all, NameKind.ORGANIZATION, "daily_sessions", "organization");
        known.read(connection, all, NameKind.POLICY_TYPE, "daily_other_sessions", "policy_type");
        DAYS.query(connection, FAILURES, all, row -> {
            Day day = known.days.get(new DomainDay(row.getString(1), row.getObject(2, LocalDate.class)));
            if (day != null) {
                boolean invented = row.getBoolean("invented");
                day.rows += row.getLong("rows");
                day.of(NameKind.MX_HOST).put(row.getString(3), invented);
                if (!new ResultType(row.getString(4)).registered()) {
                    day.of(NameKind.RESULT_TYPE).put(row.getString(4), invented);
                }
            }
        });
        for (Day day : known.days.values()) {
            day.names.values().forEach(names -> names.invented.removeAll(names.verified));
        }
        return known;
    }

    private void read(Connection connection, List<DomainDay> all, NameKind kind, String table, String column)
            throws SQLException {
        DAYS.query(connection, NAMES.replace("TABLE", table).replace("NAME", column), all, row -> {
            Day day = days.get(new DomainDay(row.getString(1), row.getObject(2, LocalDate.class)));
            if (day != null) {
                day.of(kind).put(row.getString(3), row.getBoolean("invented"));
            }
        });
    }

    /** Whether a name of an unverified report may stand in the cells of a day; if so it is known from now on. */
    boolean admits(DomainDay at, NameKind kind, String name) {
        Day day = days.get(at);
        if (day == null || name.isEmpty()) {
            return true;
        }
        boolean inFailures = kind == NameKind.MX_HOST || kind == NameKind.RESULT_TYPE;
        boolean admitted = (!inFailures || day.rows < MOST_ROWS) && day.of(kind).admits(name, kind.most());
        if (!admitted) {
            refused.merge(kind, 1L, Long::sum);
        }
        return admitted;
    }

    /** How often a name was not let in. */
    Map<NameKind, Long> refused() {
        return refused;
    }
}
