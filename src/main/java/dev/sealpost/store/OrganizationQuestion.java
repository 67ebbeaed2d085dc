package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** The reporters of some days, in order of their names as compared. */
@Singleton
public class OrganizationQuestion {
    /** So far back it is known when reporters reported. */
    public static final int KNOWN_DAYS = 45;

    private final ReadTransaction transaction;
    private final Reach reach;

    OrganizationQuestion(ReadTransaction transaction, Reach reach) {
        this.transaction = transaction;
        this.reach = reach;
    }

    /**
     * The reporters after one, at most so many.
     *
     * @param after the key to go on after; empty at the start
     * @param today the UTC day it is
     * @throws TooManyRowsException if the question goes too far
     */
    public List<OrganizationRow> rows(Filter filter, Optional<String> after, int limit, LocalDate today) {
        reach.check("daily_sessions", known(filter, today));
        return transaction.list(select(filter, after, limit, today), OrganizationQuestion::row);
    }

    /** All reporters, one by one. */
    public void forEach(Filter filter, LocalDate today, Consumer<OrganizationRow> consumer) {
        reach.check("daily_sessions", known(filter, today));
        transaction.forEach(
                select(filter, Optional.empty(), Integer.MAX_VALUE, today), OrganizationQuestion::row, consumer);
    }

    static Sql select(Filter filter, Optional<String> after, int limit, LocalDate today) {
        String asked = "f.day BETWEEN '" + filter.from() + "' AND '" + filter.to() + "'";
        Sql sql = new Sql("""
                WITH page AS (
                    SELECT f.organization COLLATE "C" AS organization,
                        min(f.organization_name) FILTER (WHERE %1$s) AS name,
                        count(DISTINCT f.domain) FILTER (WHERE %1$s) AS domains,
                        least(sum(f.successful) FILTER (WHERE %1$s), %2$s)::bigint AS successful,
                        least(sum(f.failed) FILTER (WHERE %1$s), %2$s)::bigint AS failed,
                        array_agg(DISTINCT f.day - date '1970-01-01') AS days
                    FROM daily_sessions f WHERE\s""".formatted(asked, Grouped.MAX)).add(Conditions.ofFailures(known(filter, today)));
        after.ifPresent(key -> sql.add(" AND f.organization COLLATE \"C\" > ?", key));
        sql.add(" GROUP BY 1 HAVING count(*) FILTER (WHERE " + asked + ") > 0 ORDER BY 1");
        if (limit < Integer.MAX_VALUE) {
            sql.add(" LIMIT ?", limit);
        }
        return sql.add("""
                        )
                        SELECT p.*, o.usual_delay_hours, c.last_report,
                            CASE WHEN %s THEN coalesce(c.reports, 0) END AS reports
                        FROM page p
                        LEFT JOIN reporter o ON o.organization = p.organization
                        LEFT JOIN (SELECT f.organization, count(*) AS reports, max(f.received_at) AS last_report
                                   FROM\s""".formatted(Conditions.allStored(filter)))
                .add(SessionQuestion.reports(filter))
                .add(" WHERE f.organization IN (SELECT organization FROM page) GROUP BY 1) c"
                        + " ON c.organization = p.organization ORDER BY p.organization");
    }

    /** The days asked for, and those from which it is seen who is silent now, unless that is long after. */
    private static Filter known(Filter filter, LocalDate today) {
        LocalDate first = today.minusDays(KNOWN_DAYS - 1L);
        if (filter.to().isBefore(first)) {
            return filter;
        }
        return filter.between(
                filter.from().isBefore(first) ? filter.from() : first,
                filter.to().isAfter(today) ? filter.to() : today);
    }

    private static OrganizationRow row(ResultSet row) throws SQLException {
        int hours = row.getInt("usual_delay_hours");
        @Nullable Integer hoursIfKnown = row.wasNull() ? null : hours;
        @Nullable OffsetDateTime last = row.getObject("last_report", OffsetDateTime.class);
        return new OrganizationRow(
                row.getString("organization"),
                row.getString("name"),
                row.getLong("domains"),
                row.getLong("successful"),
                row.getLong("failed"),
                Grouped.count(row, "reports"),
                last == null ? null : last.toInstant(),
                hoursIfKnown,
                Arrays.stream((Integer[]) row.getArray("days").getArray())
                        .map(LocalDate::ofEpochDay)
                        .toList());
    }
}
