package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Singleton;

/**
 * Ends what was read of old reports, and leaves their cells as they are: in one transaction the share of some reports moves
 * into the sealed part of their cells and their rows go. A month's partitions are dropped when hardly anything is in them.
 */
@Singleton
public class ReportRetention {
    /** Reports of a month that came so late that they are kept longer; with more of them, its partitions wait. */
    static final int LATE = 10_000;

    /** Days so far ahead have no partition: what is dated so goes by when it came. */
    private static final int MONTHS_AHEAD = 2;

    static final Place FIRST = new Place(LocalDate.of(1, 1, 1), new UUID(0, 0));
    private static final String OLD = """
            SELECT day, id FROM report WHERE (day, id) > (?, ?) AND received_at < ? AND (day < ? OR day >= ?)
            ORDER BY day, id LIMIT ? FOR UPDATE SKIP LOCKED""";

    /** Where a report lies. */
    record Place(LocalDate day, UUID id) {
        /** As PostgreSQL orders ids. */
        static final Comparator<Place> ORDER = Comparator.comparing(Place::day)
                .thenComparing(place -> place.id.getMostSignificantBits(), Long::compareUnsigned)
                .thenComparing(place -> place.id.getLeastSignificantBits(), Long::compareUnsigned);
    }

    private final ReadTransaction reading;
    private final WriteTransaction writing;
    private final MonthsAhead months;
    private final Removal removal;
    private final Sealing sealing;

    ReportRetention(
            ReadTransaction reading, WriteTransaction writing, MonthsAhead months, Removal removal, Sealing sealing) {
        this.reading = reading;
        this.writing = writing;
        this.months = months;
        this.removal = removal;
        this.sealing = sealing;
    }

    /**
     * Ends reports that came before an instant. Imported archives are kept that long from their import on.
     *
     * @param limit reports in one transaction
     * @return how many reports went
     */
    public long expire(Instant before, int limit) {
        LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
        for (YearMonth month : old("report", day.withDayOfMonth(1).plusMonths(1))) {
            months.make(MonthlyTables.SEALED, month);
        }
        long gone = 0;
        Optional<Place> last = Optional.of(FIRST);
        while (last.isPresent()) {
            Place after = last.get();
            List<Place> places = writing.write(connection -> seal(connection, before, after, limit));
            gone += places.size();
            last = places.size() < limit ? Optional.empty() : Optional.of(places.getLast());
        }
        old("report", day).forEach(this::drop);
        return gone;
    }

    /** Seals and deletes some reports after a place, and says which. */
    List<Place> seal(Connection connection, Instant before, Place after, int limit) throws SQLException {
        WriteTransaction.fixPlans(connection);
        LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
        List<Place> places = ReadTransaction.list(
                connection,
                new Sql(
                        OLD,
                        after.day,
                        after.id,
                        before,
                        day,
                        day.withDayOfMonth(1).plusMonths(MONTHS_AHEAD),
                        limit),
                row -> new Place(row.getObject(1, LocalDate.class), row.getObject(2, UUID.class)));
        List<Removal.Doomed> doomed =
                removal.find(connection, places.stream().map(Place::id).toList());
        Set<Unit> units = new HashSet<>();
        doomed.forEach(report -> units.addAll(report.units()));
        if (!sealing.seal(connection, doomed, units)) {
            // Cells of a newer program, which does this too.
            connection.rollback();
            return List.of();
        }
        return places;
    }

    private List<YearMonth> old(String table, LocalDate before) {
        return reading.read(connection -> Partitions.months(connection, table)).stream()
                .filter(month -> !month.plusMonths(1).atDay(1).isAfter(before))
                .toList();
    }

    private void drop(YearMonth month) {
        // What is left here came late, or came while this was at work.
        String left = "SELECT count(*) FROM (SELECT FROM " + Partitions.name("report", month) + " LIMIT ?) AS r";
        if (reading.list(new Sql(left, LATE + 1), row -> row.getLong(1)).getFirst() > LATE) {
            return;
        }
        for (String table : MonthlyTables.READING.names()) {
            sealing.shrink(Partitions.name(table, month));
            writing.write(connection -> {
                Partitions.hurry(connection);
                if (Partitions.months(connection, table).contains(month)) {
                    Partitions.drop(connection, table, month, "SELECT * FROM PARTITION");
                }
                return month;
            });
        }
    }
}
