package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jakarta.inject.Singleton;

/** How many sessions failed, why, where and with whom: occurrences in failure details (RFC 8460, section 4.3). */
@Singleton
public class FailureQuestion {
    /** What counting reports say in their details, with the columns of the daily table and more. */
    private static final String DETAILS = """
            (SELECT o.*, r.channel, r.provenance,
                    coalesce(nullif(trim(r.organization_name), ''), nullif(r.organization, ''), 'unknown')
                        AS organization_name
             FROM failure_occurrence o\s""";

    /** Of some domains: few reports, each by its key. The planner takes them for many and reads those of all domains. */
    private static final String FEW =
            "CROSS JOIN LATERAL (SELECT * FROM report r WHERE r.day = o.day AND r.id = o.report AND r.counts LIMIT 1) r) f";

    private static final String MANY =
            "JOIN report r ON r.day = o.day AND r.id = o.report AND r.counts AND r.day BETWEEN ? AND ?) f";

    /** The sums over all domains that are kept. */
    private static final String GLOBAL =
            "(SELECT day, policy_type, result_type, failed, '' AS organization_name FROM rollup_failures WHERE cells > 0) f";

    private static final String WHOLE_DAYS = "(SELECT d.domain, d.day, d.occurrences AS failed,"
            + " ''::text AS organization_name FROM daily_domain d WHERE d.failing > 0) f";
    private static final String FAILED = "least(sum(f.failed), " + Grouped.MAX + ")::bigint AS failed";
    private static final String SUMS = FAILED + ", min(f.day) AS first_day, max(f.day) AS last_day";
    private static final String NOT_COUNTED = ", NULL::bigint AS reports, NULL::bigint AS organizations";

    private final ReadTransaction transaction;
    private final Reach reach;

    FailureQuestion(ReadTransaction transaction, Reach reach) {
        this.transaction = transaction;
        this.reach = reach;
    }

    /**
     * The rows after a position, at most so many.
     *
     * @throws TooManyRowsException if the question goes too far, or its answer has more than {@link Grouped#MOST_ROWS} rows
     */
    public List<FailureRow> rows(Filter filter, List<FailureKey> keys, Optional<Position> after, int limit) {
        if (filter.onlyDomains() && !filter.domains().listed() && keys.equals(List.of(FailureKey.DOMAIN))) {
            return domains(filter, keys, after, limit);
        }
        Grouped grouped = asked(filter, keys);
        return transaction.list(grouped.rows(after, limit), row -> row(grouped, row));
    }

    /** Which domains come next is known from a row a domain and day; only the cells of these are read. */
    private List<FailureRow> domains(Filter filter, List<FailureKey> keys, Optional<Position> after, int limit) {
        reach.check("daily_domain", filter);
        Grouped sums = Grouped.sums(keys, FAILED, from(new Sql(WHOLE_DAYS), filter), "");
        Set<String> next = Set.copyOf(transaction.list(sums.rows(after, limit), row -> {
            Grouped.checkRows(row);
            return row.getString("k0");
        }));
        Grouped grouped = grouped(filter.about(new DomainScope.Only(next)), keys);
        return transaction.list(grouped.rows(Optional.empty(), limit), row -> row(grouped, row));
    }

    /**
     * All rows, one by one.
     *
     * @throws TooManyRowsException before the first of them, as for a page
     */
    public void forEach(Filter filter, List<FailureKey> keys, Consumer<FailureRow> consumer) {
        Grouped grouped = asked(filter, keys);
        transaction.forEach(grouped.rows(Optional.empty(), Integer.MAX_VALUE), row -> row(grouped, row), consumer);
    }

    /** The question, unless it goes too far. Sums over all domains are kept; their counts are left out where they go too far. */
    private Grouped asked(Filter filter, List<FailureKey> keys) {
        if (filter.domains().listed()) {
            return grouped(filter, keys);
        }
        boolean counted = counted(filter, keys);
        if (filter.onlyDays() && (ofAll(keys) || ofReporters(keys))) {
            return grouped(filter, keys, counted && !reach.tooManyOfSeveralDomains(filter));
        }
        Reach.Distance distance = reach.to(filter);
        boolean uncounted = counted && !keys.contains(FailureKey.DOMAIN) && distance.tooManyDetails();
        boolean details = onlyInDetails(filter, keys) || (counted && !uncounted && !putDown(filter, keys));
        if ((details && distance.tooManyDetails()) || distance.tooManyCells()) {
            throw Reach.tooFar();
        }
        return grouped(filter, keys, counted && !uncounted);
    }

    private static boolean ofAll(List<FailureKey> keys) {
        return keys.stream().allMatch(FailureKey::summedGlobally);
    }

    private static boolean ofReporters(List<FailureKey> keys) {
        return keys.contains(FailureKey.ORGANIZATION) && keys.stream().allMatch(FailureKey::summedByReporter);
    }

    static Grouped grouped(Filter filter, List<FailureKey> keys) {
        return grouped(filter, keys, counted(filter, keys));
    }

    private static boolean onlyInDetails(Filter filter, List<FailureKey> keys) {
        return filter.aboutAddresses() || keys.stream().anyMatch(FailureKey::onlyInDetails);
    }

    private static boolean counted(Filter filter, List<FailureKey> keys) {
        return filter.domains() instanceof DomainScope.Only
                || keys.contains(FailureKey.DOMAIN)
                // All that a caller sees; of one that is bound to a tenant all of the tenant's.
                || ((filter.domains().all() || filter.domains() instanceof DomainScope.Owned)
                        && filter.onlyDomains()
                        && keys.stream().allMatch(FailureKey::countedGlobally));
    }

    /** @param counted whether rows have counts of reports and reporters */
    static Grouped grouped(Filter filter, List<FailureKey> keys, boolean counted) {
        boolean details = onlyInDetails(filter, keys);
        Sql from = details ? details(filter) : sums(filter, keys);
        if (!counted) {
            return Grouped.sums(keys, SUMS, from, NOT_COUNTED);
        }
        if (putDown(filter, keys)) {
            return Grouped.sums(keys, SUMS + putDownReports(filter, keys), from, "");
        }
        if (!details && filter.domains().listed() && ofOneDomain(filter, keys)) {
            return CellCounts.grouped(keys, filter);
        }
        if (filter.onlyDays() && ofAll(keys)) {
            boolean byType = keys.contains(FailureKey.RESULT_TYPE);
            return Grouped.counted(keys, SUMS, from, kept(filter), OverAll.failures(filter, byType, true));
        }
        String stored = "CASE WHEN " + Conditions.allStored(filter) + " THEN count(DISTINCT f.";
        String counts = stored + "report) END AS reports, " + stored + "organization) END AS organizations";
        return details
                ? Grouped.sums(keys, SUMS + ", " + counts, from, "")
                : Grouped.counted(keys, SUMS, from, counts, details(filter));
    }

    /** Whether each group is about one domain. */
    private static boolean ofOneDomain(Filter filter, List<FailureKey> keys) {
        return filter.domains().single() || keys.contains(FailureKey.DOMAIN);
    }

    /** Whether a report counts once in each group by the one row in which it put itself down. */
    private static boolean putDown(Filter filter, List<FailureKey> keys) {
        return ofOneDomain(filter, keys)
                && !filter.aboutAddresses()
                && filter.policyTypes().isEmpty()
                && filter.resultClasses().isEmpty()
                && filter.receivingMxHostnames().isEmpty()
                && (filter.resultTypes().isEmpty() || byType(filter, keys))
                && keys.stream()
                        .allMatch(key -> key.time()
                                || key == FailureKey.DOMAIN
                                || key == FailureKey.ORGANIZATION
                                || key == FailureKey.RESULT_TYPE);
    }

    private static boolean byType(Filter filter, List<FailureKey> keys) {
        return keys.contains(FailureKey.RESULT_TYPE) || filter.resultTypes().size() == 1;
    }

    private static String putDownReports(Filter filter, List<FailureKey> keys) {
        String stored = ", CASE WHEN " + Conditions.allStored(filter) + " THEN ";
        return stored + "sum(f." + (byType(filter, keys) ? "of_type" : "of_all") + ")::bigint END AS reports" + stored
                + "count(DISTINCT f.organization) END AS organizations";
    }

    private static String kept(Filter filter) {
        String stored = "CASE WHEN " + Conditions.allStored(filter) + " THEN ";
        return stored + "least(sum(f.reports), " + Grouped.MAX + ")::bigint END AS reports, " + stored
                + "count(DISTINCT f.organization) END AS organizations";
    }

    private static Sql sums(Filter filter, List<FailureKey> keys) {
        if (filter.onlyDays() && ofReporters(keys)) {
            boolean byType = keys.contains(FailureKey.RESULT_TYPE) || keys.contains(FailureKey.RESULT_CLASS);
            return OverAll.failures(filter, byType, false);
        }
        return from(new Sql(filter.onlyDays() && ofAll(keys) ? GLOBAL : "daily_failures f"), filter);
    }

    private static Sql details(Filter filter) {
        if (filter.domains().listed()) {
            return from(new Sql(DETAILS + FEW), filter);
        }
        // The days for the reports too, so that only their months' partitions are looked at.
        return from(new Sql(DETAILS + MANY, filter.from(), filter.to()), filter);
    }

    private static Sql from(Sql table, Filter filter) {
        return table.add(" WHERE ").add(Conditions.ofFailures(filter));
    }

    private static FailureRow row(Grouped grouped, ResultSet row) throws SQLException {
        Grouped.checkRows(row);
        long failed = row.getLong("failed");
        return new FailureRow(
                grouped.shown(row),
                failed,
                Grouped.count(row, "reports"),
                Grouped.count(row, "organizations"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                new Position(grouped.position(row), failed));
    }
}
