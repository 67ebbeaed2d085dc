package dev.sealpost.store;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.SortedSet;
import jakarta.inject.Singleton;

/**
 * Makes partitions before their month begins. Each is made in a transaction of its own that gives up when it has to wait
 * for its table, and leaves the rows where they are.
 */
@Singleton
public class MonthsAhead {
    private final ReadTransaction reading;
    private final WriteTransaction writing;

    MonthsAhead(ReadTransaction reading, WriteTransaction writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * Makes what is missing, the latest months first: these fill while older ones are made.
     *
     * @param raw the oldest day whose originals are kept
     * @param reports the oldest day whose reports are kept
     * @param today the UTC day; partitions are made up to the end of the next month
     * @throws StoreUnavailableException if a table was in use for too long, or the database is away
     */
    public void make(LocalDate raw, LocalDate reports, LocalDate today) {
        YearMonth last = YearMonth.from(today).plusMonths(1);
        for (YearMonth month = last; !month.isBefore(YearMonth.from(reports)); month = month.minusMonths(1)) {
            make(MonthlyTables.READING, month);
            make(MonthlyTables.CELLS, month);
            if (!month.isBefore(YearMonth.from(raw))) {
                make(MonthlyTables.RAW, month);
            }
        }
    }

    /** Makes the partitions of one month that some tables lack. */
    void make(MonthlyTables tables, YearMonth month) {
        for (String table : tables.names()) {
            SortedSet<YearMonth> there = reading.read(connection -> Partitions.months(connection, table));
            if (!there.contains(month)) {
                writing.write(connection -> {
                    Partitions.hurry(connection);
                    Partitions.make(connection, table, month);
                    return month;
                });
            }
        }
    }
}
