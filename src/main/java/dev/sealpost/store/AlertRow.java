package dev.sealpost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An alert, without what it rests on.
 *
 * @param id of its key and first day
 * @param key what belongs to it
 * @param place the policy domain or the reporter; null for what is about Sealpost itself
 * @param reporter whether the place is a reporter
 * @param family of the result types, such as starttls; empty where a rule is about no failures
 * @param hostile whether it looks like an attack
 * @param verified whether it is known who sent the reports
 * @param kind attack, egress, global, misconfiguration, sender-fault, stale-dns, transient or rule
 * @param severity critical, high, medium or low
 * @param state open, acknowledged, resolved or withdrawn
 * @param rule the rule that made it; null for what the detector found
 * @param tenant of the rule, where it is for one tenant alone
 * @param openedDay its first report day
 * @param lastDay its last report day
 * @param resolved when it ended; null while it has not
 * @param closedDay a person closed it: what is found up to this day does not open it again; else null
 * @param joined when others were last told that it grew
 * @param revision changes so far
 */
public record AlertRow(
        UUID id,
        String key,
        @Nullable String place,
        boolean reporter,
        String family,
        boolean hostile,
        boolean verified,
        String kind,
        String severity,
        String state,
        @Nullable UUID rule,
        @Nullable String tenant,
        LocalDate openedDay,
        LocalDate lastDay,
        Instant opened,
        Instant updated,
        @Nullable Instant resolved,
        @Nullable LocalDate closedDay,
        Instant joined,
        long revision) {

    static final Bulk<AlertRow> BULK = new Bulk<AlertRow>("alert AS a")
            .column("id", "uuid", AlertRow::id)
            .column("key", "text", AlertRow::key)
            .column("place", "text", AlertRow::place)
            .column("reporter", "boolean", AlertRow::reporter)
            .column("family", "text", AlertRow::family)
            .column("hostile", "boolean", AlertRow::hostile)
            .column("verified", "boolean", AlertRow::verified)
            .column("kind", "text", AlertRow::kind)
            .column("severity", "text", AlertRow::severity)
            .column("state", "text", AlertRow::state)
            .column("rule", "uuid", AlertRow::rule)
            .column("tenant", "text", AlertRow::tenant)
            .column("opened_day", "date", AlertRow::openedDay)
            .column("last_day", "date", AlertRow::lastDay)
            .column("opened_at", "timestamptz", AlertRow::opened)
            .column("updated_at", "timestamptz", AlertRow::updated)
            .column("resolved_at", "timestamptz", AlertRow::resolved)
            .column("closed_day", "date", AlertRow::closedDay)
            .column("joined_at", "timestamptz", AlertRow::joined)
            .column("revision", "bigint", AlertRow::revision);

    static final String PUT = BULK.insert() + """
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, severity = excluded.severity, state = excluded.state,
                opened_day = excluded.opened_day, last_day = excluded.last_day, updated_at = excluded.updated_at,
                resolved_at = excluded.resolved_at, closed_day = excluded.closed_day, joined_at = excluded.joined_at,
                revision = excluded.revision""";

    /** Whether it still asks for attention, or somebody has taken it on. */
    public boolean isOpen() {
        return state.equals("open") || state.equals("acknowledged");
    }

    static AlertRow of(ResultSet row) throws SQLException {
        return new AlertRow(
                row.getObject("id", UUID.class),
                row.getString("key"),
                row.getString("place"),
                row.getBoolean("reporter"),
                row.getString("family"),
                row.getBoolean("hostile"),
                row.getBoolean("verified"),
                row.getString("kind"),
                row.getString("severity"),
                row.getString("state"),
                row.getObject("rule", UUID.class),
                row.getString("tenant"),
                row.getObject("opened_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                instant(row, "opened_at"),
                instant(row, "updated_at"),
                row.getObject("resolved_at") == null ? null : instant(row, "resolved_at"),
                row.getObject("closed_day", LocalDate.class),
                instant(row, "joined_at"),
                row.getLong("revision"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
