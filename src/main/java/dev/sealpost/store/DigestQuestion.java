package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** What changed in some days: result types against before, and the reporters that may have fallen silent since. */
@Singleton
public class DigestQuestion {
    /** A result type that these days before had not is a new one. */
    public static final int PAST_DAYS = 28;

    private static final int TYPES = 20;

    private final ReadTransaction reading;

    DigestQuestion(ReadTransaction reading) {
        this.reading = reading;
    }

    /**
     * A result type that occurred.
     *
     * @param failed occurrences in failure details, at most 2^63-1
     * @param before of as many days before
     * @param known whether it occurred in the {@link #PAST_DAYS} days before
     */
    public record Type(String resultType, long failed, long before, boolean known) {}

    /**
     * A reporter that did not report about yesterday.
     *
     * @param organization as it writes itself
     * @param verified whether any of its reports were
     * @param sessions it reported in these days, at most 2^63-1
     * @param usualDelayHours from the end of a day until its report is in; null where that is not known yet
     * @param days it reported on, in order
     */
    public record Quiet(
            String organization,
            boolean verified,
            long sessions,
            @Nullable Integer usualDelayHours,
            List<LocalDate> days) {
        public Quiet {
            days = List.copyOf(days);
        }

        /** The first UTC day whose report was overdue at a time; empty if it was not silent then. */
        public Optional<LocalDate> silentSince(Instant now) {
            return ReporterSilence.since(days, usualDelayHours, now);
        }
    }

    /**
     * The result types of the filter's days, those that occurred most; at most twenty.
     *
     * @throws StoreUnavailableException if the database cannot answer now, or not in time
     */
    public List<Type> types(Filter filter) {
        LocalDate first = filter.from();
        LocalDate before = SummaryQuestion.before(filter).from();
        LocalDate known = first.minusDays(PAST_DAYS);
        Sql sql = new Sql("""
                SELECT f.result_type COLLATE "C" AS result_type,
                    least(sum(f.failed) FILTER (WHERE f.day >= '%1$s'), %4$s)::bigint AS failed,
                    least(coalesce(sum(f.failed) FILTER (WHERE f.day BETWEEN '%2$s' AND '%3$s'), 0), %4$s)::bigint AS before,
                    coalesce(bool_or(f.failed > 0) FILTER (WHERE f.day < '%1$s'), false) AS known
                FROM daily_failures f WHERE\s""".formatted(first, before, first.minusDays(1), Grouped.MAX))
                .add(Conditions.ofFailures(filter.between(known.isBefore(before) ? known : before, filter.to())))
                .add(" GROUP BY 1 HAVING sum(f.failed) FILTER (WHERE f.day >= '" + first + "') > 0"
                        + " ORDER BY 2 DESC, 1 LIMIT " + TYPES);
        return reading.list(
                sql,
                row -> new Type(
                        row.getString("result_type"),
                        row.getLong("failed"),
                        row.getLong("before"),
                        row.getBoolean("known")));
    }

    /**
     * The reporters of the last {@link OrganizationQuestion#KNOWN_DAYS} days that did not report about yesterday or today, one
     * by one; of them those are silent that used to report more often.
     *
     * @param filter its domains alone count
     * @throws StoreUnavailableException if the database cannot answer now, or not in time
     */
    public void quiet(Filter filter, LocalDate today, Consumer<Quiet> consumer) {
        Sql sql = new Sql("""
                SELECT p.*, o.usual_delay_hours FROM (
                    SELECT f.organization, min(f.organization_name) AS name,
                        bool_or(f.provenance NOT IN (%s)) AS verified,
                        least(sum(f.successful) + sum(f.failed), %s)::bigint AS sessions,
                        array_agg(DISTINCT f.day - date '1970-01-01') AS days
                    FROM daily_sessions f WHERE\s""".formatted(Unverified.LABELS, Grouped.MAX))
                .add(Conditions.ofFailures(
                        filter.between(today.minusDays(OrganizationQuestion.KNOWN_DAYS - 1L), today)))
                .add(
                        " GROUP BY 1 HAVING max(f.day) < ?) p LEFT JOIN reporter o ON o.organization = p.organization",
                        today.minusDays(1));
        reading.forEach(sql, DigestQuestion::quiet, consumer);
    }

    private static Quiet quiet(ResultSet row) throws SQLException {
        int hours = row.getInt("usual_delay_hours");
        @Nullable Integer hoursIfKnown = row.wasNull() ? null : hours;
        return new Quiet(
                row.getString("name"),
                row.getBoolean("verified"),
                row.getLong("sessions"),
                hoursIfKnown,
                Arrays.stream((Integer[]) row.getArray("days").getArray())
                        .map(LocalDate::ofEpochDay)
                        .toList());
    }
}
