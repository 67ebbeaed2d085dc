package dev.sealpost.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What one transaction that changes alerts reads and writes: the alerts themselves, and the word of it for the channels. Whoever
 * reads an alert here keeps others from changing it until the end.
 */
public final class AlertSession {
    private final Connection connection;
    private @Nullable List<AlertSettings.Entry> silences;

    AlertSession(Connection connection) {
        this.connection = connection;
    }

    private interface Read<T> {
        T read() throws SQLException;
    }

    private interface Write {
        void write() throws SQLException;
    }

    private static <T> T reading(Read<T> read) {
        try {
            return read.read();
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    private static void writing(Write write) {
        try {
            write.write();
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    /** The alerts of these keys with findings since a day. */
    public List<AlertRow> ofKeys(Collection<String> keys, LocalDate since) {
        Sql sql = new Sql(
                "SELECT * FROM alert WHERE key = ANY (?) AND last_day >= ? ORDER BY id FOR UPDATE", keys, since);
        return reading(() -> ReadTransaction.list(connection, sql, AlertRow::of));
    }

    /** The alerts of these ids. */
    public List<AlertRow> find(Collection<UUID> ids) {
        List<String> texts = ids.stream().map(UUID::toString).toList();
        Sql sql = new Sql("SELECT * FROM alert WHERE id = ANY (?::uuid[]) ORDER BY id FOR UPDATE", texts);
        return reading(() -> ReadTransaction.list(connection, sql, AlertRow::of));
    }

    /** Open alerts without findings since a day, the quietest first; at most so many. */
    public List<AlertRow> quiet(LocalDate since, int most) {
        Sql sql = new Sql(
                "SELECT * FROM alert WHERE state IN ('open', 'acknowledged') AND last_day < ?"
                        + " ORDER BY last_day, id LIMIT ? FOR UPDATE",
                since,
                most);
        return reading(() -> ReadTransaction.list(connection, sql, AlertRow::of));
    }

    /** The series of these domains that are told and not explained, with findings since a day; without their evidence. */
    public List<AlertSeries> told(Collection<String> domains, LocalDate since) {
        Sql sql = new Sql(
                "SELECT alert, domain, organization, organization_name, result_type, hostile, verified, first_day, last_day,"
                        + " rate, live, kind, severity, '{}' AS evidence FROM alert_series"
                        + " WHERE domain = ANY (?) AND live AND last_day >= ?",
                domains,
                since);
        return reading(() -> ReadTransaction.list(connection, sql, AlertSeries::of));
    }

    /** Series of an alert, those of most urgent and newest findings first; at most so many. */
    public List<AlertSeries> series(UUID alert, int most) {
        return reading(() -> ReadTransaction.list(
                connection, AlertQuestion.series(List.of(alert.toString()), most), AlertSeries::of));
    }

    /** Series of an alert about these domains. */
    public List<AlertSeries> series(UUID alert, Collection<String> domains) {
        Sql sql = new Sql(
                "SELECT * FROM alert_series WHERE alert = ? AND domain = ANY (?) ORDER BY live DESC, last_day DESC,"
                        + " domain, organization, result_type",
                alert,
                domains);
        return reading(() -> ReadTransaction.list(connection, sql, AlertSeries::of));
    }

    /** All domains of an alert, in order. */
    public List<String> domains(UUID alert) {
        Sql sql = new Sql("SELECT DISTINCT domain FROM alert_series WHERE alert = ? ORDER BY 1", alert);
        return reading(() -> ReadTransaction.list(connection, sql, row -> row.getString(1)));
    }

    /** Whether anything of an alert is not explained. */
    public boolean isLive(UUID alert) {
        Sql sql = new Sql("SELECT FROM alert_series WHERE alert = ? AND live LIMIT 1", alert);
        return reading(() -> !ReadTransaction.list(connection, sql, row -> true).isEmpty());
    }

    /** The tenants of the registered ones of these domains. */
    public Map<String, String> tenants(Collection<String> domains) {
        Map<String, String> tenants = new HashMap<>();
        Sql sql = new Sql("SELECT domain, tenant FROM watched_domain WHERE domain = ANY (?) AND NOT removed", domains);
        reading(() -> ReadTransaction.list(connection, sql, row -> tenants.put(row.getString(1), row.getString(2))));
        return tenants;
    }

    /** A day of a fault that explains what follows it. */
    public record Cause(String key, LocalDate day) {
        static final Bulk<Cause> BULK =
                new Bulk<Cause>("alert_cause").column("key", "text", Cause::key).column("day", "date", Cause::day);
    }

    /** The faults of these keys since a day. */
    public List<Cause> causes(Collection<String> keys, LocalDate since) {
        Sql sql = new Sql("SELECT key, day FROM alert_cause WHERE key = ANY (?) AND day >= ?", keys, since);
        return reading(() -> ReadTransaction.list(
                connection, sql, row -> new Cause(row.getString(1), row.getObject(2, LocalDate.class))));
    }

    /** Keeps faults. */
    public void putCauses(List<Cause> causes) {
        writing(() -> Cause.BULK.run(connection, Cause.BULK.insert() + " ON CONFLICT DO NOTHING", causes));
    }

    /** Forgets faults that were none. */
    public void forgetCauses(List<Cause> causes) {
        String sql = "DELETE FROM alert_cause c USING " + Cause.BULK.rows() + " WHERE c.key = u.key AND c.day = u.day";
        writing(() -> Cause.BULK.run(connection, sql, causes));
    }

    /** Keeps alerts as they are now. */
    public void putAlerts(List<AlertRow> alerts) {
        writing(() -> AlertRow.BULK.run(connection, AlertRow.PUT, alerts));
    }

    /** Adds what was found to series; each may stand once. */
    public void putSeries(List<AlertSeries> series) {
        writing(() -> AlertSeries.BULK.run(connection, AlertSeries.PUT, series));
    }

    /** Marks series as explained by what came later. */
    public void explain(List<AlertSeries> series) {
        String sql = "UPDATE alert_series s SET live = false FROM " + AlertSeries.BULK.rows()
                + " WHERE s.alert = u.alert AND s.domain = u.domain AND s.organization = u.organization"
                + " AND s.result_type = u.result_type AND s.hostile = u.hostile AND s.verified = u.verified";
        writing(() -> AlertSeries.BULK.run(connection, sql, series));
    }

    /** Adds to the history. */
    public void putEvents(List<AlertEvent> events) {
        writing(() -> AlertEvent.BULK.run(connection, AlertEvent.PUT, events));
    }

    /** All silences, of all tenants, as they were when they were first asked for here. */
    public List<AlertSettings.Entry> silences() {
        List<AlertSettings.Entry> known = silences;
        if (known == null) {
            known = reading(() -> AlertSettings.list(connection, AlertSettings.Kind.SILENCE));
            silences = known;
        }
        return known;
    }

    /** Reports of unclaimed domains that were stored on a day of the door. */
    public long unclaimed(LocalDate day) {
        Sql sql = new Sql("SELECT coalesce(sum(stored), 0) FROM unclaimed_count WHERE day = ? AND prefix = ''", day);
        return reading(() -> ReadTransaction.list(connection, sql, row -> row.getLong(1)))
                .getFirst();
    }

    /** Of each who was told of an alert, what was told last. */
    public List<Notice> lastNotices(UUID alert) {
        Sql sql = new Sql("SELECT DISTINCT ON (tenant) * FROM notice WHERE alert = ? ORDER BY tenant, seq DESC", alert);
        return reading(() -> ReadTransaction.list(connection, sql, AlertSession::notice));
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(
                row.getString("id"),
                row.getString("kind"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("alert", UUID.class),
                row.getString("tenant"),
                Arrays.stream((Object[]) row.getArray("domains").getArray())
                        .map(String::valueOf)
                        .toList(),
                row.getString("severity"),
                row.getString("state"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("json"));
    }

    /** Puts a word for the channels into the outbox. */
    public void tell(Notice notice) {
        writing(() -> notice.put(connection));
    }

    /**
     * Forgets alerts that ended long ago, and old faults.
     *
     * @return how many alerts it were, at most so many
     */
    public int forget(LocalDate before, int most) {
        return reading(() -> {
            WriteTransaction.update(connection, new Sql("DELETE FROM alert_cause WHERE day < ?", before));
            Sql ended = new Sql(
                    "DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE state IN ('resolved', 'withdrawn')"
                            + " AND last_day < ? LIMIT ?)",
                    before,
                    most);
            return WriteTransaction.update(connection, ended);
        });
    }
}
