package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Singleton;

/** Removes stored reports with all that came of them: the versions they displaced count, and their cells lack them. */
@Singleton
class Removal {
    /** A stored report that is to go. */
    record Doomed(LocalDate day, UUID id, byte[] identity, List<String> domains, List<Unit> units) {}

    /** Where a report lies. */
    record Place(LocalDate day, UUID id) {}

    static final Bulk<Place> PLACES =
            new Bulk<Place>("report").column("day", "date", Place::day).column("id", "uuid", Place::id);
    private static final String FIND = "SELECT r.day, r.id, r.identity, r.organization, r.domains FROM " + PLACES.rows()
            + " JOIN report r ON r.day = u.day AND r.id = u.id ORDER BY r.id FOR UPDATE OF r";
    static final String POLICIES = """
            DELETE FROM policy x USING (SELECT r.day, r.id, r.organization, unnest(r.domains) AS domain
                FROM %s JOIN report r ON r.day = u.day AND r.id = u.id) r
            WHERE x.domain = r.domain AND x.day = r.day AND x.organization = r.organization AND x.report = r.id""".formatted(PLACES.rows());

    private final Versions versions;
    private final Counting counting;

    Removal(Versions versions, Counting counting) {
        this.versions = versions;
        this.counting = counting;
    }

    /** The stored ones of some ids, locked, in one order for all writers. */
    List<Doomed> find(Connection connection, List<UUID> ids) throws SQLException {
        List<Doomed> found = new ArrayList<>();
        PLACES.query(
                connection,
                FIND,
                ids.stream().map(id -> new Place(ReportId.day(id), id)).toList(),
                row -> found.add(new Doomed(
                        row.getObject("day", LocalDate.class),
                        row.getObject("id", UUID.class),
                        row.getBytes("identity"),
                        ReportList.texts(row, "domains"),
                        Unit.of(row))));
        return found;
    }

    /**
     * Removes reports.
     *
     * @return false if a newer program made some of their cells: these lack the change until it derives them
     */
    boolean remove(Connection connection, List<Doomed> doomed) throws SQLException {
        delete(connection, doomed);
        return settle(connection, doomed);
    }

    /** Decides again which versions of the reports count, and derives all cells of these versions; returns as remove does. */
    boolean settle(Connection connection, List<Doomed> reports) throws SQLException {
        Set<Unit> units = new HashSet<>();
        for (Doomed report : reports) {
            units.addAll(report.units);
            // Their domains are mostly the same.
            units.addAll(versions.units(connection, report.day, report.identity));
        }
        return counting.derive(connection, units, () -> {
            Set<Unit> flipped = new HashSet<>();
            for (Doomed report : reports) {
                flipped.addAll(
                        versions.settle(connection, report.day, report.identity).units());
            }
            return flipped;
        });
    }

    /** Deletes the rows of reports, whatever their cells are. */
    void delete(Connection connection, List<Doomed> doomed) throws SQLException {
        List<Place> places =
                doomed.stream().map(report -> new Place(report.day, report.id)).toList();
        PLACES.run(connection, POLICIES, places);
        for (String table : List.of("report_copy", "report_raw", "report")) {
            PLACES.run(
                    connection,
                    "DELETE FROM " + table + " x USING " + PLACES.rows() + " WHERE x.day = u.day AND x.id = u.id",
                    places);
        }
    }
}
