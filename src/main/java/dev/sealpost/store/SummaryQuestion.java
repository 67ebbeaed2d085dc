package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** The numbers of some days at a glance, out of cells and the sums over them; no failure detail is read. */
@Singleton
public class SummaryQuestion {
    private static final int TOP = 5;
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    private static final String SUMS = """
            least(coalesce(sum(f.successful), 0), %1$s)::bigint AS successful,
            least(coalesce(sum(f.failed), 0), %1$s)::bigint AS failed,
            (sum(f.failed) / nullif(sum(f.successful) + sum(f.failed), 0))::double precision AS rate""".formatted(Grouped.MAX);

    /** A day may have millions of reports; the newest is mostly found among those that came just now. */
    private static final List<String> SINCE = List.of(
            " AND r.received_at > now() - interval '10 minutes'",
            " AND r.received_at > now() - interval '2 hours'",
            "");

    private final ReadTransaction transaction;
    private final Reach reach;

    SummaryQuestion(ReadTransaction transaction, Reach reach) {
        this.transaction = transaction;
        this.reach = reach;
    }

    /**
     * The summary of a filter that asks for no failures.
     *
     * @throws TooManyRowsException if the question goes too far
     */
    public Summary ask(Filter filter) {
        if (!filter.onlyDays()) {
            reach.check("daily_sessions", filter);
            reach.check("daily_sessions", before(filter));
        }
        return transaction.read(connection -> new Summary(
                sums(connection, filter),
                sums(connection, before(filter)),
                resultTypes(connection, filter),
                organizations(connection, filter),
                lastReport(connection, filter)));
    }

    /** The same over as many days before. */
    public static Filter before(Filter filter) {
        LocalDate last = filter.from().minusDays(1);
        LocalDate first = last.minusDays(ChronoUnit.DAYS.between(filter.from(), filter.to()));
        return filter.between(first.isBefore(FIRST_DAY) ? FIRST_DAY : first, last);
    }

    private static Summary.Sums sums(Connection connection, Filter filter) throws SQLException {
        Sql sql = new Sql("SELECT " + SUMS + " FROM " + days(filter) + " f WHERE ").add(Conditions.ofFailures(filter));
        return ReadTransaction.list(connection, sql, SummaryQuestion::sums).getFirst();
    }

    /** The smallest table that knows what the filter asks for: sums over all domains, a row a domain and day, or its cells. */
    private static String days(Filter filter) {
        return filter.onlyDomains() && !filter.onlyDays() ? "daily_domain" : cells(filter);
    }

    private static String cells(Filter filter) {
        if (filter.onlyDays()) {
            return OverAll.SESSIONS;
        }
        return filter.policyTypes().isEmpty() ? "daily_sessions" : "daily_policy_sessions";
    }

    private static List<Summary.OfResultType> resultTypes(Connection connection, Filter filter) throws SQLException {
        Sql sql = new Sql("SELECT f.result_type COLLATE \"C\" AS result_type, least(sum(f.failed), " + Grouped.MAX
                        + ")::bigint AS failed FROM "
                        + (filter.onlyDays() ? "rollup_failures f WHERE f.cells > 0 AND " : "daily_failures f WHERE "))
                .add(Conditions.ofFailures(filter))
                .add(" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + TOP);
        return ReadTransaction.list(
                connection, sql, row -> new Summary.OfResultType(row.getString("result_type"), row.getLong("failed")));
    }

    private static List<Summary.OfOrganization> organizations(Connection connection, Filter filter)
            throws SQLException {
        Sql sql = new Sql("SELECT f.organization COLLATE \"C\" AS organization, min(f.organization_name) AS name, "
                        + SUMS + " FROM " + cells(filter) + " f WHERE ")
                .add(Conditions.ofFailures(filter))
                .add(" GROUP BY 1 ORDER BY failed DESC, successful DESC, 1 LIMIT " + TOP);
        return ReadTransaction.list(
                connection, sql, row -> new Summary.OfOrganization(row.getString("name"), sums(row)));
    }

    /** Of the reports about one day, and not of all: the newest report is about the last day, or nearly as new. */
    private static @Nullable Instant lastReport(Connection connection, Filter filter) throws SQLException {
        Sql last = new Sql("SELECT max(f.day) FROM " + days(filter) + " f WHERE f.reports > 0 AND ")
                .add(Conditions.ofFailures(filter));
        LocalDate day = ReadTransaction.list(
                        connection, last, row -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .getFirst()
                .orElse(null);
        if (day == null) {
            return null;
        }
        for (String since : filter.domains() instanceof DomainScope.Only ? List.of("") : SINCE) {
            Sql newest = new Sql("SELECT max(r.received_at) FROM report r WHERE r.counts AND ")
                    .add(Conditions.ofReports(filter.between(day, day)))
                    .add(since);
            Optional<OffsetDateTime> time = ReadTransaction.list(
                            connection, newest, row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                    .getFirst();
            if (time.isPresent()) {
                return time.get().toInstant();
            }
        }
        return null;
    }

    private static Summary.Sums sums(ResultSet row) throws SQLException {
        double rate = row.getDouble("rate");
        @Nullable Double rateIfAny = row.wasNull() ? null : rate;
        return new Summary.Sums(row.getLong("successful"), row.getLong("failed"), rateIfAny);
    }
}
