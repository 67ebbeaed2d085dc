package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import jakarta.inject.Singleton;

/** Where the failures of one reporter's day of one domain happened, and how far its reports can be trusted. */
@Singleton
public class FailurePlaces {
    private static final String OF_REPORTS =
            " FROM failure_occurrence f JOIN report r ON r.day = f.day AND r.id = f.report"
                    + " WHERE f.domain = ? AND f.day = ? AND f.organization = ? AND f.result_type = ? AND r.counts"
                    + " AND (r.provenance NOT IN (" + Unverified.LABELS + ")) = ?";

    private static final String NETWORKS = "SELECT text(network(set_masklen(f.sending_mta_inet,"
            + " CASE family(f.sending_mta_inet) WHEN 4 THEN least(24, masklen(f.sending_mta_inet))"
            + " ELSE least(48, masklen(f.sending_mta_inet)) END))) AS name, least(sum(f.failed), 1e15)::bigint AS failed"
            + OF_REPORTS + " AND f.sending_mta_inet IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5";

    private static final String HOSTS =
            "SELECT f.receiving_mx_hostname AS name, least(sum(f.failed), 1e15)::bigint AS failed" + OF_REPORTS
                    + " AND f.receiving_mx_hostname IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5";

    private static final String REPORTS = "SELECT r.provenance, bool_or(r.contested) AS contested" + OF_REPORTS
            + " GROUP BY 1 ORDER BY min(r.rank), 1";

    private final ReadTransaction reading;

    FailurePlaces(ReadTransaction reading) {
        this.reading = reading;
    }

    /** A network or a host, and the failures it was named with. */
    public record Named(String name, long failed) {}

    /**
     * What there is.
     *
     * @param networks of the senders, /24 or /48, most failures first; at most five
     * @param hosts receiving MX hostnames, most failures first; at most five
     * @param provenances of the reports, the best first
     * @param contested whether another report of equal rank says otherwise
     */
    public record Found(List<Named> networks, List<Named> hosts, List<String> provenances, boolean contested) {}

    private record Reports(String provenance, boolean contested) {}

    /** Of failures of one type, by verified reports or by others; empty where no report is stored any more. */
    public Found find(String domain, LocalDate day, String organization, String resultType, boolean verified) {
        Object[] values = {domain, day, organization, resultType, verified};
        return reading.readAtLeisure(connection -> {
            List<Reports> reports = ReadTransaction.list(
                    connection,
                    new Sql(REPORTS, values),
                    row -> new Reports(row.getString("provenance"), row.getBoolean("contested")));
            return new Found(
                    named(connection, new Sql(NETWORKS, values)),
                    named(connection, new Sql(HOSTS, values)),
                    reports.stream().map(Reports::provenance).toList(),
                    reports.stream().anyMatch(Reports::contested));
        });
    }

    private static List<Named> named(Connection connection, Sql sql) throws SQLException {
        return ReadTransaction.list(connection, sql, row -> new Named(row.getString("name"), row.getLong("failed")));
    }
}
