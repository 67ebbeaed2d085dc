package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cells that count all the unverified reports they may. Each knows the last of these at the door; a new report that came
 * after it is kept aside, whatever else is stored, so a flood into full cells does not read their thousand reports with
 * every batch. Whatever may make room in a cell derives it, and thereby this too.
 */
final class FullCells {
    private record Share(Unit unit, ReportRow row) {}

    private static final Bulk<Share> SHARES = new Bulk<Share>("")
            .column("domain", "text", share -> share.unit.domain())
            .column("day", "date", share -> share.unit.day())
            .column("organization", "text", share -> share.unit.organization())
            .column("channel", "text", share -> share.row.origin().channel().label())
            .column(
                    "provenance",
                    "text",
                    share -> share.row.origin().provenance().label())
            .column("report", "uuid", share -> share.row.id())
            .column("received_at", "timestamptz", share -> share.row.origin().received())
            .column("receipt", "uuid", share -> share.row.origin().receipt());
    private static final String OF_CELL =
            " d.domain = %1$s.domain AND d.day = %1$s.day AND d.organization = %1$s.organization"
                    + " AND d.channel = %1$s.channel AND d.provenance = %1$s.provenance";
    private static final String AFTER = "SELECT u.domain, u.day, u.organization, count(*) FROM " + SHARES.rows()
            + " JOIN daily_sessions d ON" + OF_CELL.formatted("u")
            + " WHERE (u.received_at, u.receipt) > (d.full_at, d.full_receipt) GROUP BY 1, 2, 3";
    private static final String ASIDE = """
            UPDATE policy p SET aside = true FROM %s
            WHERE p.domain = u.domain AND p.day = u.day AND p.organization = u.organization AND p.report = u.report""".formatted(SHARES.rows());
    private static final String NOTE = """
            UPDATE daily_sessions d SET full_at = c.received_at, full_receipt = c.receipt
            FROM (SELECT s.domain, s.day, s.organization, s.channel, s.provenance, l.received_at, l.receipt
                  FROM %s JOIN daily_sessions s ON s.domain = u.domain AND s.day = u.day
                    AND s.organization = u.organization AND s.reports >= %%d AND s.provenance IN (%s)
                  CROSS JOIN LATERAL (
                    SELECT r.received_at, r.receipt FROM policy p
                    JOIN report r ON r.day = p.day AND r.id = p.report AND r.counts
                        AND r.channel = s.channel AND r.provenance = s.provenance
                    WHERE p.domain = s.domain AND p.day = s.day AND p.organization = s.organization AND NOT p.aside
                    ORDER BY 1 DESC, 2 DESC LIMIT 1) l) c
            WHERE""".formatted(Unit.bulk("").rows(), Unverified.LABELS) + OF_CELL.formatted("c");

    private FullCells() {}

    /** Notes the last report of each cell that is full, in units just derived. */
    static void note(Connection connection, List<Unit> units, int most) throws SQLException {
        Unit.bulk("").run(connection, NOTE.formatted(most), units);
    }

    /**
     * Keeps new reports aside in locked units, where every one of them came after all that its full cell counts.
     *
     * @param units some did not take these reports into their cells
     * @param reports new ones that count
     * @return the units that are as they have to be now
     */
    static Set<Unit> keepAside(Connection connection, Set<Unit> units, Collection<ReportRow> reports)
            throws SQLException {
        Map<Unit, List<Share>> shares = new HashMap<>();
        for (ReportRow report : reports) {
            for (Unit unit : report.units()) {
                if (units.contains(unit)) {
                    shares.computeIfAbsent(unit, u -> new ArrayList<>()).add(new Share(unit, report));
                }
            }
        }
        Map<Unit, Long> after = new HashMap<>();
        List<Share> all = shares.values().stream().flatMap(List::stream).toList();
        SHARES.query(
                connection,
                AFTER,
                all,
                row -> after.put(
                        new Unit(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3)),
                        row.getLong(4)));
        shares.entrySet()
                .removeIf(entry -> after.getOrDefault(entry.getKey(), 0L)
                        < entry.getValue().size());
        SHARES.run(
                connection,
                ASIDE,
                shares.values().stream().flatMap(List::stream).collect(Collectors.toList()));
        return Set.copyOf(shares.keySet());
    }
}
