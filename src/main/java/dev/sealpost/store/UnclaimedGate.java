package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.sealpost.origin.Channel;

/**
 * Decides which reports of domains that nobody watches are stored. What is stored is counted in the same transaction, so
 * a batch that comes again finds its reports stored, and the same counts: nothing changes. A report is unclaimed if none
 * of its domains is watched. What an unverified report says of unwatched domains <em>beside</em> a watched one is bounded in
 * the same way: beyond the day's number it is stored with the report, and counted nowhere.
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
     * @param uncounted domains beside watched ones that are not counted
     */
    record Passed(List<ReportRow> admitted, List<ReportRow> over, long uncounted) {}

    Passed pass(Connection connection, List<ReportRow> rows) throws SQLException {
        Predicate<String> watched = watched(connection, rows);
        // In the order of the door.
        List<ReportRow> bounded = rows.stream()
                .filter(row -> unclaimed(row, watched) || beside(row, watched))
                .sorted(Comparator.comparing((ReportRow row) -> row.origin().received())
                        .thenComparing(row -> row.origin().receipt()))
                .toList();
        if (bounded.isEmpty()) {
            return new Passed(rows, List.of(), 0);
        }
        UnclaimedCounts counts = UnclaimedCounts.read(connection, bounded);
        // Most of a flood ends here: counts only grow, so nobody has to wait for the lock to be refused.
        if (bounded.stream().anyMatch(row -> counts.admits(limits, row))) {
            counts.lock(connection);
        }
        Map<UUID, Long> copies = copies(connection, bounded);
        List<ReportRow> fresh = new ArrayList<>();
        IdentityHashMap<ReportRow, List<ReportRow>> instead = new IdentityHashMap<>();
        List<ReportRow> over = new ArrayList<>();
        Set<UUID> whole = new HashSet<>();
        long uncounted = 0;
        for (ReportRow row : bounded) {
            Long seen = copies.get(row.id());
            if (!unclaimed(row, watched)) {
                // Of one that is stored it was decided then.
                if (seen == null && counts.take(limits, row)) {
                    whole.add(row.id());
                } else if (!whole.contains(row.id())) {
                    ReportRow less = row.only(watched);
                    uncounted +=
                            seen == null ? row.domains().size() - less.domains().size() : 0;
                    instead.put(row, List.of(less));
                }
                copies.putIfAbsent(row.id(), 0L);
            } else if (seen != null) {
                copies.put(row.id(), seen + 1);
                if (seen >= MAX_COPIES && !row.verified()) {
                    instead.put(row, List.of());
                }
            } else if (uploaded(row) || counts.take(limits, row)) {
                copies.put(row.id(), 0L);
                fresh.add(row);
            } else {
                over.add(row);
                instead.put(row, List.of());
            }
        }
        counts.write(connection);
        CANDIDATE.run(connection, CANDIDATE.insert() + " ON CONFLICT DO NOTHING", fresh);
        return new Passed(
                rows.stream()
                        .flatMap(row -> instead.getOrDefault(row, List.of(row)).stream())
                        .toList(),
                over,
                uncounted);
    }

    /** Whether a domain in these rows is watched; whoever need not know is not looked for in the table. */
    private Predicate<String> watched(Connection connection, List<ReportRow> rows) throws SQLException {
        Set<String> unsure = rows.stream()
                .filter(row -> unclaimed(row, limits.watched()) || beside(row, limits.watched()))
                .map(row -> row.arrival().domains())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        if (unsure.isEmpty()) {
            return limits.watched();
        }
        // Until the end of this transaction: a claim that this batch does not see yet waits before it asks what was
        // left.
        Locks.share(connection, Locks.JUDGING);
        return limits.watched().or(WatchedTable.among(connection, unsure)::contains);
    }

    private static boolean unclaimed(ReportRow row, Predicate<String> watched) {
        return row.arrival().domains().stream().noneMatch(watched);
    }

    /** Whether anybody may have invented some of its domains, though not all. */
    private static boolean beside(ReportRow row, Predicate<String> watched) {
        return !row.verified() && row.domains().stream().anyMatch(domain -> !watched.test(domain));
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

    /** Somebody whom no tenant binds brought it; the cap is for everybody else. */
    private static boolean uploaded(ReportRow row) {
        return row.origin().channel() == Channel.UPLOAD && row.verified();
    }
}
