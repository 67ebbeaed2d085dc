package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How many unclaimed reports were stored on the days of a batch, in all and of each source's prefix. */
final class UnclaimedCounts {
    /** The row of a day's total, whose lock is that of all counts of the day. */
    private static final String TOTAL = "";

    private record Key(LocalDate day, String prefix) {}

    private record Row(Key key, long stored, boolean over) {}

    private static final Bulk<Key> KEYS =
            new Bulk<Key>("unclaimed_count").column("day", "date", Key::day).column("prefix", "text", Key::prefix);
    private static final Bulk<Row> ROWS = new Bulk<Row>("unclaimed_count")
            .column("day", "date", row -> row.key.day)
            .column("prefix", "text", row -> row.key.prefix)
            .column("stored", "bigint", Row::stored)
            .column("over", "boolean", Row::over);
    private static final String ADD = ROWS.insert() + """
             ORDER BY u.day, u.prefix
            ON CONFLICT (day, prefix) DO UPDATE SET stored = unclaimed_count.stored + excluded.stored,
                over = unclaimed_count.over OR excluded.over""";

    private final SortedSet<LocalDate> days = new TreeSet<>();
    private final List<Key> keys;
    private final Map<Key, Long> stored = new HashMap<>();
    private final Map<Key, Long> taken = new HashMap<>();
    private final Map<LocalDate, Boolean> over = new HashMap<>();
    private final SortedSet<LocalDate> newlyOver = new TreeSet<>();

    private UnclaimedCounts(List<ReportRow> rows) {
        TreeMap<String, Key> wanted = new TreeMap<>();
        for (ReportRow row : rows) {
            days.add(day(row));
            for (Key key : List.of(total(row), own(row))) {
                wanted.put(key.toString(), key);
            }
        }
        keys = List.copyOf(wanted.values());
    }

    private static LocalDate day(ReportRow row) {
        return LocalDate.ofInstant(row.origin().received(), ZoneOffset.UTC);
    }

    private static Key total(ReportRow row) {
        return new Key(day(row), TOTAL);
    }

    private static Key own(ReportRow row) {
        return new Key(day(row), SourcePrefix.of(row.origin()));
    }

    /** The counts as they are, without a lock. */
    static UnclaimedCounts read(Connection connection, List<ReportRow> rows) throws SQLException {
        UnclaimedCounts counts = new UnclaimedCounts(rows);
        counts.read(connection);
        return counts;
    }

    private void read(Connection connection) throws SQLException {
        stored.clear();
        String sql = "SELECT c.day, c.prefix, c.stored, c.over FROM " + KEYS.rows()
                + " JOIN unclaimed_count c ON c.day = u.day AND c.prefix = u.prefix";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            KEYS.bind(connection, statement, keys, 1);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    LocalDate day = row.getObject(1, LocalDate.class);
                    stored.put(new Key(day, row.getString(2)), row.getLong(3));
                    over.merge(day, row.getBoolean(4), Boolean::logicalOr);
                }
            }
        }
    }

    /** Keeps others from counting on these days until the transaction ends, and reads again. */
    void lock(Connection connection) throws SQLException {
        List<Row> totals = new ArrayList<>();
        days.forEach(day -> totals.add(new Row(new Key(day, TOTAL), 0, false)));
        ROWS.run(connection, ADD, totals);
        read(connection);
    }

    /** Whether the row would be stored by these counts. */
    boolean admits(UnclaimedLimits limits, ReportRow row) {
        return limits.admit(count(total(row)), count(own(row)));
    }

    private long count(Key key) {
        return stored.getOrDefault(key, 0L) + taken.getOrDefault(key, 0L);
    }

    /** Counts the row if it may be stored. */
    boolean take(UnclaimedLimits limits, ReportRow row) {
        boolean admitted = admits(limits, row);
        if (admitted) {
            taken.merge(total(row), 1L, Long::sum);
            taken.merge(own(row), 1L, Long::sum);
        } else if (!over.getOrDefault(day(row), false)) {
            newlyOver.add(day(row));
        }
        return admitted;
    }

    /** Writes what was taken, and that a day was over for the first time. */
    void write(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        newlyOver.forEach(day -> taken.putIfAbsent(new Key(day, TOTAL), 0L));
        taken.forEach(
                (key, count) -> rows.add(new Row(key, count, key.prefix.equals(TOTAL) && newlyOver.contains(key.day))));
        ROWS.run(connection, ADD, rows);
    }
}
