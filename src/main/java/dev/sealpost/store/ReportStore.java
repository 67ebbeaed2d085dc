package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;

/**
 * Stores batches. One transaction a batch: reports, what is set aside, and the cells they touch. Storing the same batch
 * again, in any company and any number of times, changes nothing.
 */
@Singleton
public class ReportStore {
    private final AgroalDataSource database;
    private final HostOwners owners;
    private final ReportRows reports;
    private final Counting cells;
    private final QuarantineRows quarantine;
    private final NameCaps names = new NameCaps();
    private final VersionGate versions = new VersionGate();

    ReportStore(
            AgroalDataSource database,
            HostOwners owners,
            ReportRows reports,
            Counting cells,
            QuarantineRows quarantine) {
        this.database = database;
        this.reports = reports;
        this.owners = owners;
        this.cells = cells;
        this.quarantine = quarantine;
    }

    /**
     * What became of a batch.
     *
     * @param inserted arrivals that brought a report, or a version of one, that was not stored yet
     * @param over arrivals of unclaimed domains that were not stored, because enough of these were
     * @param crowded arrivals that were set aside because enough unverified versions of their report are stored
     * @param dropped what the quarantine gave up for what was set aside
     * @param capped names of unverified reports that are counted as others, for their domain's day has many already
     * @param uncounted domains that unverified reports name beside a watched one, and that are not counted, because enough
     *     unwatched ones are
     */
    public record Stored(
            List<Arrival> inserted,
            List<Arrival> over,
            List<Arrival> crowded,
            Dropped dropped,
            Map<NameKind, Long> capped,
            long uncounted) {}

    /** Stores a batch whatever its domains are. */
    Stored store(List<Arrival> arrivals, List<SetAside> aside) {
        return store(arrivals, aside, new UnclaimedLimits(domain -> true, domain -> false, Integer.MAX_VALUE));
    }

    /**
     * Stores a batch and derives the cells of every domain, day and organisation in it.
     *
     * @param limits of reports whose domains nobody watches
     * @throws StoreUnavailableException if the database cannot take it now; the same batch may do later
     * @throws UnstorableException if it will never take it
     */
    public Stored store(List<Arrival> arrivals, List<SetAside> aside, UnclaimedLimits limits) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                WriteTransaction.fixPlans(connection);
                // Who waits for a row that is being deleted must not bring it back.
                Locks.share(connection, Locks.STORING);
                Landed landed = store(connection, arrivals, limits);
                List<SetAside> all = new ArrayList<>(aside);
                landed.crowded.forEach(arrival -> all.add(new SetAside(
                        "too-many-versions",
                        VersionGate.MOST + " unverified reports with other contents have this report's identity",
                        arrival.origin(),
                        arrival.json(),
                        arrival.domains())));
                Stored stored = new Stored(
                        landed.inserted,
                        landed.over,
                        landed.crowded,
                        quarantine.keep(connection, all),
                        landed.capped,
                        landed.uncounted);
                connection.commit();
                return stored;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    private record Landed(
            List<Arrival> inserted,
            List<Arrival> over,
            List<Arrival> crowded,
            Map<NameKind, Long> capped,
            long uncounted) {}

    private Landed store(Connection connection, List<Arrival> arrivals, UnclaimedLimits limits) throws SQLException {
        // In the order of ids, and days of domains in theirs: writers that meet wait for each other instead of both
        // losing.
        List<ReportRow> came = owners.attribute(connection, arrivals, limits).stream()
                .map(ReportRow::of)
                .sorted(Comparator.comparing(ReportRow::id))
                .toList();
        Set<ReportRow> crowded = versions.refused(connection, came);
        UnclaimedGate.Passed passed = new UnclaimedGate(limits)
                .pass(
                        connection,
                        came.stream().filter(row -> !crowded.contains(row)).toList());
        NameCaps.Capped capped = names.cap(connection, passed.admitted());
        List<ReportRow> rows = capped.rows();
        List<ReportRow> inserted = reports.insertNew(connection, rows);
        Set<ReportRow> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        fresh.addAll(inserted);
        List<ReportRow> further =
                rows.stream().filter(row -> !fresh.contains(row)).toList();
        ReportRows.Lifted lifted = reports.addCopies(connection, further);
        List<ReportRow> versions = Stream.concat(
                        inserted.stream(),
                        further.stream().filter(row -> lifted.ids().contains(row.id())))
                .toList();
        Set<Unit> changed = Reattribution.heal(connection, further);
        changed.addAll(lifted.units());
        cells.count(connection, inserted, changed, versions);
        owners.learn(connection, inserted, limits.watched());
        return new Landed(
                arrivals(inserted),
                arrivals(passed.over()),
                arrivals(List.copyOf(crowded)),
                capped.refused(),
                passed.uncounted());
    }

    private static List<Arrival> arrivals(List<ReportRow> rows) {
        return rows.stream().map(ReportRow::arrival).toList();
    }
}
