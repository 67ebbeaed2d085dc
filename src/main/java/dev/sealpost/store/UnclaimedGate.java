package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Provenance;

/**
 * Decides which reports of domains that nobody watches are stored. What is stored is counted in the same transaction, so
 * a batch that comes again finds its reports stored, and the same counts: nothing changes. A report is unclaimed if none
 * of its domains is watched.
 */
final class UnclaimedGate {
    /** Further arrivals of an unclaimed report that are noted, unless they are verified. */
    private static final int MAX_COPIES = 16;

    private static final Bulk<ReportRow> CANDIDATE = new Bulk<ReportRow>("unclaimed_report")
            .column("day", "date", ReportRow::day)
            .column("id", "uuid", ReportRow::id)
            .column("received_at", "timestamptz", row -> row.origin().received());
    private static final String STORED = """
            SELECT u.id, (SELECT count(*) FROM report_copy c WHERE c.day = r.day AND c.id = r.id) AS copies
            FROM %s JOIN report r ON r.day = u.day AND r.id = u.id""".formatted(CANDIDATE.rows());

    private final UnclaimedLimits limits;

    UnclaimedGate(UnclaimedLimits limits) {
        this.limits = limits;
    }

    /**
     * What passed.
     *
     * @param admitted the rows to store, in the order given
     * @param over the rows left on the topic
     */
    record Passed(List<ReportRow> admitted, List<ReportRow> over) {}

    Passed pass(Connection connection, List<ReportRow> rows) throws SQLException {
        List<ReportRow> unclaimed = unclaimed(connection, rows);
        if (unclaimed.isEmpty()) {
            return new Passed(rows, List.of());
        }
        UnclaimedCounts counts = UnclaimedCounts.read(connection, unclaimed);
        // Most of a flood ends here: counts only grow, so nobody has to wait for the lock to be refused.
        if (unclaimed.stream().anyMatch(row -> counts.admits(limits, row))) {
            counts.lock(connection);
        }
        Map<UUID, Long> copies = copies(connection, unclaimed);
        List<ReportRow> fresh = new ArrayList<>();
        Set<ReportRow> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        List<ReportRow> over = new ArrayList<>();
        for (ReportRow row : unclaimed) {
            Long seen = copies.get(row.id());
            if (seen != null) {
                copies.put(row.id(), seen + 1);
                if (seen >= MAX_COPIES && !verified(row)) {
                    dropped.add(row);
                }
            } else if (uploaded(row) || counts.take(limits, row)) {
                copies.put(row.id(), 0L);
                fresh.add(row);
            } else {
                over.add(row);
                dropped.add(row);
            }
        }
        counts.write(connection);
        CANDIDATE.run(connection, CANDIDATE.insert() + " ON CONFLICT DO NOTHING", fresh);
        return new Passed(rows.stream().filter(row -> !dropped.contains(row)).toList(), over);
    }

    /** The rows of no watched domain, in the order of the door. */
    private List<ReportRow> unclaimed(Connection connection, List<ReportRow> rows) throws SQLException {
        List<ReportRow> unsure = rows.stream()
                .filter(row -> row.arrival().domains().stream().noneMatch(limits.watched()))
                .toList();
        if (unsure.isEmpty()) {
            return unsure;
        }
        // Until the end of this transaction: a claim that this batch does not see yet waits before it asks what was
        // left.
        Locks.share(connection, Locks.JUDGING);
        Set<String> watched = WatchedTable.among(
                connection,
                unsure.stream()
                        .map(row -> row.arrival().domains())
                        .flatMap(Collection::stream)
                        .collect(Collectors.toSet()));
        return unsure.stream()
                .filter(row -> row.arrival().domains().stream().noneMatch(watched::contains))
                .sorted(Comparator.comparing((ReportRow row) -> row.origin().received())
                        .thenComparing(row -> row.origin().receipt()))
                .toList();
    }

    /** How many copies the stored ones of the rows have. */
    private static Map<UUID, Long> copies(Connection connection, List<ReportRow> rows) throws SQLException {
        Map<UUID, Long> copies = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(STORED)) {
            CANDIDATE.bind(connection, statement, rows, 1);
            try (ResultSet stored = statement.executeQuery()) {
                while (stored.next()) {
                    copies.put(stored.getObject(1, UUID.class), stored.getLong(2));
                }
            }
        }
        return copies;
    }

    private static boolean verified(ReportRow row) {
        return row.origin().provenance().rank() < Provenance.UNVERIFIED.rank();
    }

    /** Somebody with a key brought it; the cap is for those who need none. */
    private static boolean uploaded(ReportRow row) {
        return row.origin().channel() == Channel.UPLOAD;
    }
}
