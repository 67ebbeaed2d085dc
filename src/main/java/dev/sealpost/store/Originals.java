package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportIdentity;
import dev.sealpost.report.ReportReader;
import dev.sealpost.store.WholeReport.StoredPolicy;

/**
 * Stored originals that another reader read. Where the present one reads something else, policies and flags are replaced;
 * id, identity, day and origin stay, so that copies are known again.
 */
@Singleton
public class Originals {
    private static final String NEXT = """
            SELECT r.day, r.id, octet_length(w.json) AS bytes FROM report r JOIN report_raw w ON w.day = r.day AND w.id = r.id
            WHERE r.reader IS DISTINCT FROM ?""";
    private static final String READ = """
            SELECT r.*, w.json FROM report r JOIN report_raw w ON w.day = r.day AND w.id = r.id
            WHERE r.day = ? AND r.id = ?""";
    private static final String READ_AGAIN =
            "UPDATE report SET reader = ? WHERE day = ? AND id = ? AND reader IS DISTINCT FROM ?";
    private static final String CHANGED =
            "UPDATE report SET flags = ?, domains = ?, contact_info = nullif(?, '') WHERE day = ? AND id = ?";

    private final WriteTransaction transaction;
    private final PolicyRows policies;
    private final Counting counting;

    Originals(WriteTransaction transaction, PolicyRows policies, Counting counting) {
        this.transaction = transaction;
        this.policies = policies;
        this.counting = counting;
    }

    /** The JSON of a report, and what of it does not come from the reading. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Original(
            UUID id,
            LocalDate day,
            byte[] identity,
            String organization,
            List<String> domains,
            Origin origin,
            byte[] json) {}

    /** One that is to be replaced. */
    private record Replaced(ReportRow row, Original before) {}

    /**
     * Some that another reader read, the first by day.
     *
     * @param most reports
     * @param bytes of JSON after which it is enough
     */
    public List<Original> next(Scope scope, int most, long bytes) {
        return transaction.write(connection -> {
            WriteTransaction.fixPlans(connection);
            Sql sql = new Sql("SELECT * FROM (" + NEXT, ReportReader.VERSION);
            scope.domain().ifPresent(domain -> sql.add(" AND ? = ANY (r.domains)", domain));
            sql.add(") r WHERE true").add(scope.onDay()).add(" ORDER BY day, id LIMIT ?", most);
            long[] left = {bytes};
            List<UUID> ids = new ArrayList<>();
            ReadTransaction.list(connection, sql, row -> {
                if (left[0] > 0) {
                    ids.add(row.getObject("id", UUID.class));
                }
                left[0] -= row.getLong("bytes");
                return left[0];
            });
            List<Original> originals = new ArrayList<>();
            for (UUID id : ids) {
                originals.addAll(
                        ReadTransaction.list(connection, new Sql(READ, ReportId.day(id), id), Originals::original));
            }
            return originals;
        });
    }

    private static Original original(ResultSet row) throws SQLException {
        return new Original(
                row.getObject("id", UUID.class),
                row.getObject("day", LocalDate.class),
                row.getBytes("identity"),
                row.getString("organization"),
                ReportList.texts(row, "domains"),
                new Origin(
                        row.getObject("receipt", UUID.class),
                        row.getObject("best_at", OffsetDateTime.class).toInstant(),
                        Channel.of(row.getString("channel")),
                        row.getString("source"),
                        Provenance.of(row.getString("provenance")),
                        row.getString("tenant"),
                        ReportQuestion.claims(row)),
                RawJson.unpack(row.getBytes("json")));
    }

    /**
     * Takes new readings over, and notes that they were read by this reader.
     *
     * @return how many are read otherwise than before
     */
    public int take(List<Rereading> readings) {
        return transaction.write(connection -> {
            WriteTransaction.fixPlans(connection);
            Locks.share(connection, Locks.STORING);
            List<Replaced> replaced = new ArrayList<>();
            Set<Unit> units = new HashSet<>();
            for (Rereading reading : readings) {
                Report report = reading.report();
                List<StoredPolicy> before =
                        ReportQuestion.policies(connection, reading.original().id());
                List<String> domains = reading.domains(before);
                if (report != null && !before.equals(Rereading.stored(report, domains))) {
                    Replaced one = new Replaced(row(reading.original(), report, domains), reading.original());
                    replaced.add(one);
                    units.addAll(one.row.units());
                    one.before.domains().stream()
                            .filter(domain -> !domain.isEmpty())
                            .map(domain -> new Unit(domain, one.before.day(), one.before.organization()))
                            .forEach(units::add);
                }
            }
            counting.derive(connection, units, () -> {
                replace(connection, replaced);
                return Set.of();
            });
            for (Rereading reading : readings) {
                Original original = reading.original();
                WriteTransaction.update(
                        connection,
                        new Sql(READ_AGAIN, ReportReader.VERSION, original.day(), original.id(), ReportReader.VERSION));
            }
            return replaced.size();
        });
    }

    private static ReportRow row(Original original, Report report, List<String> domains) {
        return new ReportRow(
                original.id(),
                original.day(),
                new ReportIdentity(original.identity()),
                original.organization(),
                new Arrival(report, original.origin(), original.json(), domains));
    }

    private void replace(Connection connection, List<Replaced> replaced) throws SQLException {
        Removal.PLACES.run(
                connection,
                Removal.POLICIES,
                replaced.stream()
                        .map(one -> new Removal.Place(one.before.day(), one.before.id()))
                        .toList());
        List<ReportRow> there = new ArrayList<>();
        for (Replaced one : replaced) {
            ReportRow row = one.row;
            String contact = row.report().contactInfo();
            Sql changed = new Sql(
                    CHANGED,
                    ReportRows.labels(row.report().flags()),
                    new TreeSet<>(row.arrival().domains()),
                    contact == null ? "" : contact,
                    row.day(),
                    row.id());
            // It may have been removed in the meantime.
            if (WriteTransaction.update(connection, changed) > 0) {
                there.add(row);
            }
        }
        policies.insert(connection, there);
    }
}
