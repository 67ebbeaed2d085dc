package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Singleton;

/** Alerts, as far as the reader sees their domains. */
@Singleton
public class AlertQuestion {
    private static final String OPEN =
            "SELECT a.severity, count(*) FROM alert a WHERE a.state IN ('open', 'acknowledged')";

    private final ReadTransaction reading;

    AlertQuestion(ReadTransaction reading) {
        this.reading = reading;
    }

    /**
     * Which alerts are wanted; an empty set is no limit.
     *
     * @param from first day with findings
     * @param to last day with findings
     */
    public record Wanted(
            Set<String> states,
            Set<String> severities,
            Set<String> kinds,
            Set<String> domains,
            Optional<LocalDate> from,
            Optional<LocalDate> to) {
        public Wanted {
            states = Set.copyOf(states);
            severities = Set.copyOf(severities);
            kinds = Set.copyOf(kinds);
            domains = Set.copyOf(domains);
        }

        private Sql conditions() {
            Sql sql = new Sql(" WHERE true");
            anyOf(sql, "a.state", states);
            anyOf(sql, "a.severity", severities);
            anyOf(sql, "a.kind", kinds);
            from.ifPresent(day -> sql.add(" AND a.last_day >= ?", day));
            to.ifPresent(day -> sql.add(" AND a.opened_day <= ?", day));
            if (!domains.isEmpty()) {
                sql.add(
                        " AND EXISTS (SELECT FROM alert_series s WHERE s.alert = a.id AND s.domain = ANY (?))",
                        domains);
            }
            return sql;
        }

        private static void anyOf(Sql sql, String column, Set<String> values) {
            if (!values.isEmpty()) {
                sql.add(" AND " + column + " = ANY (?)", values);
            }
        }
    }

    /** A place in the list. */
    public record Place(Instant opened, UUID id) {}

    /** The alerts that are wanted, the newest first. */
    public List<AlertRow> list(Wanted wanted, Optional<Place> after, int limit) {
        Sql sql = new Sql("SELECT a.* FROM alert a").add(wanted.conditions());
        after.ifPresent(place -> sql.add(" AND (a.opened_at, a.id) < (?, ?)", place.opened(), place.id()));
        sql.add(" ORDER BY a.opened_at DESC, a.id DESC LIMIT ?", limit);
        return reading.list(sql, AlertRow::of);
    }

    /** One alert. */
    public Optional<AlertRow> find(UUID id) {
        return reading.list(new Sql("SELECT a.* FROM alert a WHERE a.id = ?", id), AlertRow::of).stream()
                .findFirst();
    }

    /** The history of an alert, the oldest step first; at most the last thousand. */
    public List<AlertEvent> events(UUID id) {
        Sql sql = new Sql(
                "SELECT * FROM (SELECT * FROM alert_event WHERE alert = ? ORDER BY number DESC LIMIT 1000) e"
                        + " ORDER BY number",
                id);
        return reading.list(sql, AlertEvent::of);
    }

    /** What alerts rest on: of each at most so many series, and how many domains. */
    public record Contents(List<AlertSeries> series, Map<UUID, Long> domains) {}

    /** What these alerts rest on. */
    public Contents contents(Collection<UUID> alerts, int most) {
        List<String> ids = alerts.stream().map(UUID::toString).toList();
        return reading.read(connection -> {
            Map<UUID, Long> domains = new HashMap<>();
            Sql count = new Sql(
                    "SELECT alert, count(DISTINCT domain) FROM alert_series WHERE alert = ANY (?::uuid[]) GROUP BY 1",
                    ids);
            ReadTransaction.list(connection, count, row -> domains.put(row.getObject(1, UUID.class), row.getLong(2)));
            return new Contents(ReadTransaction.list(connection, series(ids, most), AlertSeries::of), domains);
        });
    }

    /** Series of alerts: of each the live and newest ones first, and at most so many. */
    static Sql series(Collection<String> alerts, int most) {
        return new Sql("""
                SELECT * FROM (SELECT s.*, row_number() OVER (PARTITION BY alert
                        ORDER BY live DESC, last_day DESC, domain, organization, result_type) AS place
                    FROM alert_series s WHERE alert = ANY (?::uuid[])) n
                WHERE place <= ? ORDER BY alert, place""", alerts, most);
    }

    /** Those of some domains that the reader sees. */
    public Set<String> seen(Collection<String> domains) {
        return new HashSet<>(reading.list(
                new Sql("SELECT d FROM unnest(?) AS u(d) WHERE seen_domain(d)", domains), row -> row.getString(1)));
    }

    /** How many alerts are open, by severity; of these domains only, if any are named. */
    public Map<String, Long> open(Set<String> domains) {
        Sql sql = new Sql(OPEN);
        if (!domains.isEmpty()) {
            sql.add(" AND EXISTS (SELECT FROM alert_series s WHERE s.alert = a.id AND s.domain = ANY (?))", domains);
        }
        Map<String, Long> open = new HashMap<>();
        reading.list(sql.add(" GROUP BY 1"), row -> open.put(row.getString(1), row.getLong(2)));
        return open;
    }
}
