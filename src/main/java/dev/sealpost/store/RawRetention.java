package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

/**
 * Ends originals of old reports: a month's partition is dropped, and those that lie in the default partition, imported
 * archives above all, are deleted when they were received so long ago.
 */
@Singleton
public class RawRetention {
    private static final String LATE =
            "SELECT x.* FROM PARTITION x JOIN report r ON r.day = x.day AND r.id = x.id WHERE r.received_at >= '";
    private static final String SINGLE = """
            WITH old AS (
                SELECT w.day, w.id FROM report_raw_default w JOIN report r ON r.day = w.day AND r.id = w.id
                WHERE (w.day, w.id) > (?, ?) AND r.received_at < ?
                ORDER BY w.day, w.id LIMIT ? FOR UPDATE OF w SKIP LOCKED)
            DELETE FROM report_raw_default x USING old WHERE x.day = old.day AND x.id = old.id
            RETURNING x.day, x.id""";

    private final ReadTransaction reading;
    private final WriteTransaction writing;

    RawRetention(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * Ends originals that came before an instant.
     *
     * @param limit rows in one transaction where no partition is dropped
     */
    public void expire(Instant before, int limit) {
        LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
        for (YearMonth month : reading.read(connection -> Partitions.months(connection, "report_raw"))) {
            if (!month.plusMonths(1).atDay(1).isAfter(day)) {
                writing.write(connection -> {
                    Partitions.hurry(connection);
                    String kept =
                            LATE + before + "' AND r." + Partitions.in(month).replace("AND day", "AND r.day");
                    Partitions.drop(connection, "report_raw", month, kept);
                    return month;
                });
            }
        }
        Optional<ReportRetention.Place> last = Optional.of(ReportRetention.FIRST);
        while (last.isPresent()) {
            ReportRetention.Place after = last.get();
            List<ReportRetention.Place> gone = writing.write(connection -> {
                WriteTransaction.fixPlans(connection);
                return ReadTransaction.list(
                        connection,
                        new Sql(SINGLE, after.day(), after.id(), before, limit),
                        row -> new ReportRetention.Place(
                                row.getObject(1, LocalDate.class), row.getObject(2, UUID.class)));
            });
            last = gone.size() < limit ? Optional.empty() : gone.stream().max(ReportRetention.Place.ORDER);
        }
    }
}
