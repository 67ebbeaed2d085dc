package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jakarta.inject.Singleton;

/**
 * Sessions over time without gaps: every group that occurs in the days asked for has a row for each day, week or month of
 * them, with zeros where nothing was reported. Without groups there is a row a period, whatever was reported.
 */
@Singleton
public class SessionSeries {
    /** Periods times groups, at the most; a page has to order them all. */
    public static final int MOST_ROWS = 500_000;

    private final ReadTransaction transaction;
    private final SessionQuestion question;

    SessionSeries(ReadTransaction transaction, SessionQuestion question) {
        this.transaction = transaction;
        this.question = question;
    }

    /**
     * The rows after a position, at most so many.
     *
     * @param keys a period first, or none
     * @throws TooManyRowsException if there would be more than {@link #MOST_ROWS} in all
     */
    public List<SessionRow> rows(Filter filter, List<SessionKey> keys, Optional<Position> after, int limit) {
        if (!overTime(keys)) {
            return question.rows(filter, keys, after, limit);
        }
        Grouped present = question.asked(filter, keys);
        return transaction.list(filled(filter, keys, present, after, limit), row -> row(filter, keys, present, row));
    }

    /**
     * All rows, one by one.
     *
     * @throws TooManyRowsException before the first, if there would be more than {@link #MOST_ROWS}
     */
    public void forEach(Filter filter, List<SessionKey> keys, Consumer<SessionRow> consumer) {
        if (!overTime(keys)) {
            question.forEach(filter, keys, consumer);
            return;
        }
        Grouped present = question.asked(filter, keys);
        Sql sql = filled(filter, keys, present, Optional.empty(), Integer.MAX_VALUE);
        transaction.forEach(sql, row -> row(filter, keys, present, row), consumer);
    }

    private static boolean overTime(List<SessionKey> keys) {
        return !keys.isEmpty() && keys.getFirst().time();
    }

    static Sql filled(Filter filter, List<SessionKey> keys, Grouped present, Optional<Position> after, int limit) {
        List<String> groups =
                IntStream.range(1, keys.size()).mapToObj(i -> "k" + i).toList();
        String names = groups.stream().map(group -> group + ", ").collect(Collectors.joining());
        long most = mostGroups(filter, keys);
        Sql sql = new Sql("WITH present AS MATERIALIZED (")
                .add(present.rows(Optional.empty(), Integer.MAX_VALUE))
                .add("), ")
                .add(
                        "periods AS (SELECT DISTINCT " + keys.getFirst().expression() + " COLLATE \"C\" AS k0 FROM"
                                + " (SELECT d::date AS day FROM generate_series(?::date, ?::date, interval '1 day') d) f)",
                        filter.from(),
                        filter.to())
                .add(", kinds AS (SELECT " + names + "min(name) AS name FROM present")
                .add(groups.isEmpty() ? ")" : " GROUP BY " + String.join(", ", groups) + " LIMIT " + (most + 1) + ")")
                .add("""
                         SELECT * FROM (
                            SELECT p.k0, %scoalesce(s.name, g.name) AS name, coalesce(s.successful, 0) AS successful,
                                coalesce(s.failed, 0) AS failed, s.rate,
                                CASE WHEN s.k0 IS NULL THEN 0 ELSE s.reports END AS reports,
                                (SELECT count(*) FROM kinds) AS kinds
                            FROM periods p CROSS JOIN kinds g LEFT JOIN present s ON s.k0 = p.k0%s) r""".formatted(
                        groups.stream().map(group -> "g." + group + ", ").collect(Collectors.joining()),
                        groups.stream()
                                .map(group -> " AND s." + group + " = g." + group)
                                .collect(Collectors.joining())));
        String order =
                "k0, -failed" + groups.stream().map(group -> ", " + group).collect(Collectors.joining());
        after.ifPresent(position -> sql.add(
                " WHERE (" + order + ") > (?, -?::bigint" + ", ?".repeat(groups.size()) + ")", values(position)));
        sql.add(" ORDER BY " + order);
        return limit < Integer.MAX_VALUE ? sql.add(" LIMIT ?", limit) : sql;
    }

    private static Object[] values(Position position) {
        List<Object> values = new ArrayList<>(position.keys());
        values.add(1, position.failed());
        return values.toArray();
    }

    private static long mostGroups(Filter filter, List<SessionKey> keys) {
        long periods = periods(filter, keys.getFirst());
        if (periods > MOST_ROWS) {
            throw tooMany(periods);
        }
        return MOST_ROWS / periods;
    }

    /** How many days, weeks (ISO 8601) or months the days asked for are part of. */
    static long periods(Filter filter, SessionKey period) {
        LocalDate from = filter.from();
        LocalDate to = filter.to();
        return 1
                + switch (period) {
                    case WEEK ->
                        ChronoUnit.WEEKS.between(
                                from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                                to.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
                    case MONTH -> ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to));
                    default -> ChronoUnit.DAYS.between(from, to);
                };
    }

    private static SessionRow row(Filter filter, List<SessionKey> keys, Grouped present, ResultSet row)
            throws SQLException {
        if (row.getLong("kinds") > mostGroups(filter, keys)) {
            throw tooMany(periods(filter, keys.getFirst()));
        }
        return SessionQuestion.row(present, row);
    }

    private static TooManyRowsException tooMany(long periods) {
        return new TooManyRowsException(periods + " periods times their groups are more than " + MOST_ROWS
                + " rows: ask for fewer days, a longer interval, fewer groups, or interval=total");
    }
}
