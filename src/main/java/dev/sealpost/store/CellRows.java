package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Adds the share of new reports to cells. That is the same as deriving the cells anew as long as nothing else changes in
 * them; where it is not (a cell that is full or about to overflow) nothing is added, and the caller derives.
 */
@Singleton
class CellRows {
    /** Sums up to here can be added without an overflow. */
    private static final long MANY = 1L << 62;

    private record SessionRow(CellSums.Cell cell, CellSums.Sums sums) {}

    private record OtherRow(CellSums.Cell cell, String name, String policyType, Sessions sessions) {}

    private record FailureRow(CellSums.Failure failure, CellSums.Occurrences occurrences) {}

    private static final Bulk<SessionRow> SESSIONS = sessions();
    private static final Bulk<OtherRow> OTHERS = new Bulk<OtherRow>("daily_other_sessions AS d")
            .column("domain", "text", row -> row.cell.unit().domain())
            .column("day", "date", row -> row.cell.unit().day())
            .column("organization", "text", row -> row.cell.unit().organization())
            .column("channel", "text", row -> row.cell.channel())
            .column("provenance", "text", row -> row.cell.provenance())
            .column("policy_type", "text", OtherRow::policyType)
            .column("organization_name", "text", OtherRow::name)
            .column("successful", "bigint", row -> row.sessions.successful.value())
            .column("failed", "bigint", row -> row.sessions.failed.value())
            .column("reports", "bigint", row -> row.sessions.reports())
            .column("saturated", "boolean", row -> false);
    private static final Bulk<FailureRow> FAILURES = new Bulk<FailureRow>("daily_failures AS d")
            .column("domain", "text", row -> row.failure.cell().unit().domain())
            .column("day", "date", row -> row.failure.cell().unit().day())
            .column("organization", "text", row -> row.failure.cell().unit().organization())
            .column("channel", "text", row -> row.failure.cell().channel())
            .column("provenance", "text", row -> row.failure.cell().provenance())
            .column("policy_type", "text", row -> row.failure.policyType())
            .column("result_type", "text", row -> row.failure.resultType())
            .column("receiving_mx_hostname", "text", row -> row.failure.mx())
            .column("organization_name", "text", row -> row.occurrences.name)
            .column("failed", "bigint", row -> row.occurrences.failed.value())
            .column("reports", "bigint", row -> row.occurrences.reports)
            .column("saturated", "boolean", row -> false)
            .column("of_type", "bigint", row -> row.occurrences.ofType)
            .column("of_all", "bigint", row -> row.occurrences.ofAll);

    private static final String CONFLICT =
            " ON CONFLICT (domain, day, organization, channel, provenance%s) DO UPDATE SET"
                    + " organization_name = least(d.organization_name COLLATE \"C\", excluded.organization_name)";
    /** Has a place for the number of unverified reports that a cell counts. */
    private static final String ADD_SESSIONS = SESSIONS.insert()
            + CONFLICT.formatted("")
            + added("successful", "failed", "reports", "sts_successful", "sts_failed", "sts_reports")
            + added("tlsa_successful", "tlsa_failed", "tlsa_reports", "none_successful", "none_failed", "none_reports")
            + """
             WHERE NOT d.saturated AND greatest(d.successful, d.failed, d.sts_successful, d.sts_failed,
                d.tlsa_successful, d.tlsa_failed, d.none_successful, d.none_failed) < %d
              AND (d.provenance NOT IN (%s) OR d.reports + excluded.reports <= %%d)
            RETURNING domain, day, organization, channel, provenance""".formatted(MANY, Unverified.LABELS);

    private static final String ADD_OTHERS = OTHERS.insert()
            + CONFLICT.formatted(", policy_type")
            + added("successful", "failed", "reports")
            + """
             WHERE NOT d.saturated AND greatest(d.successful, d.failed) < %d
            RETURNING domain, day, organization, channel, provenance, policy_type""".formatted(MANY);
    private static final String ADD_FAILURES = FAILURES.insert()
            + CONFLICT.formatted(", policy_type, result_type, receiving_mx_hostname")
            + added("failed", "reports", "of_type", "of_all")
            + """
             WHERE NOT d.saturated AND d.failed < %d
            RETURNING domain, day, organization, channel, provenance, policy_type, result_type, receiving_mx_hostname,
                reports""".formatted(MANY);

    private final int most;
    private final String addSessions;

    @Inject
    CellRows() {
        this(Unverified.MOST);
    }

    /** @param most unverified reports that a cell counts */
    CellRows(int most) {
        this.most = most;
        this.addSessions = ADD_SESSIONS.formatted(most);
    }

    private static Bulk<SessionRow> sessions() {
        Bulk<SessionRow> bulk = new Bulk<SessionRow>("daily_sessions AS d")
                .column("domain", "text", row -> row.cell.unit().domain())
                .column("day", "date", row -> row.cell.unit().day())
                .column("organization", "text", row -> row.cell.unit().organization())
                .column("channel", "text", row -> row.cell.channel())
                .column("provenance", "text", row -> row.cell.provenance())
                .column("organization_name", "text", row -> row.sums.name)
                .column("successful", "bigint", row -> row.sums.estimate.successful.value())
                .column("failed", "bigint", row -> row.sums.estimate.failed.value())
                .column("reports", "bigint", row -> row.sums.estimate.reports())
                .column("saturated", "boolean", row -> false);
        Recount.COLUMNS.forEach((type, column) -> bulk.column(
                        column + "_successful",
                        "bigint",
                        row -> row.sums.type(type).successful.value())
                .column(
                        column + "_failed",
                        "bigint",
                        row -> row.sums.type(type).failed.value())
                .column(
                        column + "_reports",
                        "bigint",
                        row -> row.sums.type(type).reports()));
        return bulk;
    }

    private static String added(String... columns) {
        StringBuilder sql = new StringBuilder();
        for (String column : columns) {
            sql.append(", ")
                    .append(column)
                    .append(" = d.")
                    .append(column)
                    .append(" + excluded.")
                    .append(column);
        }
        return sql.toString();
    }

    /**
     * Adds sums to cells of locked units.
     *
     * @param changes what was added is written down here
     * @return the units that did not take all of their sums and have to be derived
     */
    Set<Unit> add(Connection connection, CellSums sums, Changes changes) throws SQLException {
        Set<Unit> refused = new HashSet<>();
        List<SessionRow> sessions = sums.sessions.entrySet().stream()
                .map(entry -> new SessionRow(entry.getKey(), entry.getValue()))
                .filter(row -> fits(row) || refuse(row.cell.unit(), refused))
                .toList();
        Set<CellSums.Cell> taken = new HashSet<>();
        SESSIONS.query(connection, addSessions, sessions, row -> taken.add(cell(row)));
        for (SessionRow row : sessions) {
            if (taken.contains(row.cell)) {
                changes.sessions(row.cell.unit(), row.sums.name, DayTotal.of(row.sums.estimate));
            } else {
                refused.add(row.cell.unit());
            }
        }
        addOthers(connection, sessions, refused);
        addFailures(connection, sums, refused, changes);
        return refused;
    }

    /** Never lets the row pass, also where another row of its unit was refused before. */
    private static boolean refuse(Unit unit, Set<Unit> refused) {
        refused.add(unit);
        return false;
    }

    private boolean fits(SessionRow row) {
        return !row.sums.cut()
                && row.sums.estimate.successful.value() < MANY
                && row.sums.estimate.failed.value() < MANY
                && row.sums.types.values().stream()
                        .allMatch(type -> type.successful.value() < MANY && type.failed.value() < MANY)
                && (row.sums.estimate.reports() <= most || !Unverified.is(row.cell.provenance()));
    }

    private static void addOthers(Connection connection, List<SessionRow> sessions, Set<Unit> refused)
            throws SQLException {
        List<OtherRow> others = sessions.stream()
                .filter(row -> !refused.contains(row.cell.unit()))
                .flatMap(row -> row.sums.types.entrySet().stream()
                        .filter(type -> !CellSums.registered(type.getKey()))
                        .map(type ->
                                new OtherRow(row.cell, row.sums.name(type.getKey()), type.getKey(), type.getValue())))
                .toList();
        Set<List<Object>> taken = new HashSet<>();
        OTHERS.query(connection, ADD_OTHERS, others, row -> taken.add(List.of(cell(row), row.getString(6))));
        others.stream()
                .filter(row -> !taken.contains(List.of(row.cell, row.policyType)))
                .forEach(row -> refused.add(row.cell.unit()));
    }

    private static void addFailures(Connection connection, CellSums sums, Set<Unit> refused, Changes changes)
            throws SQLException {
        List<FailureRow> failures = sums.failures.entrySet().stream()
                .filter(entry -> !refused.contains(entry.getKey().cell().unit()))
                .map(entry -> new FailureRow(entry.getKey(), entry.getValue()))
                .filter(row -> (!row.occurrences.failed.cut() && row.occurrences.failed.value() < MANY)
                        || refuse(row.failure.cell().unit(), refused))
                .toList();
        Map<CellSums.Failure, Long> taken = new HashMap<>();
        FAILURES.query(
                connection,
                ADD_FAILURES,
                failures,
                row -> taken.put(
                        new CellSums.Failure(cell(row), row.getString(6), row.getString(7), row.getString(8)),
                        row.getLong(9)));
        for (FailureRow row : failures) {
            Long reports = taken.get(row.failure);
            if (reports == null) {
                refused.add(row.failure.cell().unit());
            } else {
                // A row that was there before has other reports too.
                changes.failure(row.failure, row.occurrences, reports == row.occurrences.reports);
            }
        }
    }

    private static CellSums.Cell cell(ResultSet row) throws SQLException {
        return new CellSums.Cell(
                new Unit(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3)),
                row.getString(4),
                row.getString(5));
    }
}
