package dev.sealpost.store;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * About how much of all domains some days hold, without looking at any of it: what the database itself keeps of its
 * partitions. A question that has to go through more than it could in its time is refused at once.
 */
@Singleton
class Reach {
    /** Rows of daily tables that a question may sum up: five seconds on a busy machine (docs/storage.md). */
    static final long MOST_CELLS = 4_000_000;

    /** The same where details are read, each of a report's text. */
    static final long MOST_DETAILS = 250_000;

    /** Of a partition that nobody analysed yet. */
    private static final int BYTES_A_ROW = 200;

    /** Of an index of reporters and days. */
    private static final int BYTES_AN_ENTRY = 64;

    private static final String PARTS = """
            SELECT c.relname, CASE WHEN c.reltuples < 0 THEN pg_relation_size(c.oid) / %d ELSE c.reltuples END::bigint
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = ?::regclass""".formatted(BYTES_A_ROW);
    private static final String SEVERAL = """
            SELECT t.relname, pg_relation_size(x.indexrelid) / %d FROM pg_inherits i
            JOIN pg_index x ON x.indexrelid = i.inhrelid JOIN pg_class t ON t.oid = x.indrelid
            WHERE i.inhparent = 'report_several'::regclass""".formatted(BYTES_AN_ENTRY);
    private static final String MONTH = "\\w+_\\d{4}_\\d{2}";

    private final ReadTransaction transaction;
    private final long mostCells;
    private final long mostDetails;

    @Inject
    Reach(ReadTransaction transaction) {
        this(transaction, MOST_CELLS, MOST_DETAILS);
    }

    Reach(ReadTransaction transaction, long mostCells, long mostDetails) {
        this.transaction = transaction;
        this.mostCells = mostCells;
        this.mostDetails = mostDetails;
    }

    /** What there is to be gone through. */
    record Distance(boolean tooManyCells, boolean tooManyDetails) {}

    /** How far a question about all domains goes. */
    Distance to(Filter filter) {
        long cells = rows("daily_failures", filter);
        return new Distance(cells > mostCells, cells > mostDetails);
    }

    /**
     * Refuses a question that goes through too many rows of a table.
     *
     * @throws TooManyRowsException if it does
     */
    void check(String table, Filter filter) {
        if (!filter.domains().listed() && rows(table, filter) > mostCells) {
            throw tooFar();
        }
    }

    /** Whether there are too many reports of several domains to be looked at, which sums have more than once. */
    boolean tooManyOfSeveralDomains(Filter filter) {
        return sum(new Sql(SEVERAL), filter) > mostDetails;
    }

    /** Rows of a table on the days of a filter, as far as is known; those of no month's partition are all counted. */
    long rows(String table, Filter filter) {
        return sum(new Sql(PARTS, table), filter);
    }

    private long sum(Sql parts, Filter filter) {
        return transaction
                .list(parts, row -> share(row.getString(1), row.getLong(2), filter.from(), filter.to()))
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long share(String part, long rows, LocalDate from, LocalDate to) {
        if (!part.matches(MONTH)) {
            return rows;
        }
        YearMonth month = YearMonth.parse(part.substring(part.length() - 7).replace('_', '-'));
        LocalDate first = from.isAfter(month.atDay(1)) ? from : month.atDay(1);
        LocalDate last = to.isBefore(month.atEndOfMonth()) ? to : month.atEndOfMonth();
        long days = Math.max(0, ChronoUnit.DAYS.between(first, last) + 1);
        return rows * days / month.lengthOfMonth();
    }

    /** What is told of a question that would go through more. */
    static TooManyRowsException tooFar() {
        return new TooManyRowsException("these days hold more than a question about so many domains may go"
                + " through: ask for fewer days, or for single domains (domain=)");
    }
}
