package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import org.jspecify.annotations.Nullable;

/** The imports, and what became of their reports; for who asks, of those that he sees. */
@Singleton
public class Imports {
    private static final Bulk<ImportRow> ROW = new Bulk<ImportRow>("import")
            .column("id", "uuid", ImportRow::id)
            .column("source", "text", ImportRow::source)
            .column("tenant", "text", ImportRow::tenant)
            .column("caller", "text", ImportRow::caller)
            .column("state", "text", row -> row.state().label())
            .column("detail", "text", ImportRow::detail)
            .column("started_at", "timestamptz", ImportRow::started)
            .column("finished_at", "timestamptz", ImportRow::finished)
            .column("total", "bigint", ImportRow::total)
            .column("bytes", "bigint", row -> row.counts().bytes())
            .column("read", "bigint", row -> row.counts().read())
            .column("accepted", "bigint", row -> row.counts().accepted())
            .column("without_report", "bigint", row -> row.counts().withoutReport())
            .texts("refused", row -> row.counts().quarantined().keySet())
            .numbers("refusals", row -> row.counts().quarantined().values())
            .texts("skipped", row -> row.counts().skipped().keySet())
            .numbers("skips", row -> row.counts().skipped().values());

    private static final String SAVE = ROW.insert() + """
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, detail = excluded.detail,
                finished_at = excluded.finished_at, total = excluded.total, bytes = excluded.bytes,
                read = excluded.read, accepted = excluded.accepted, without_report = excluded.without_report,
                refused = excluded.refused, refusals = excluded.refusals,
                skipped = excluded.skipped, skips = excluded.skips""";

    private static final String SELECT = "SELECT * FROM import WHERE ";

    // An arrival is in report_copy as soon as its report has a second one, else in report alone. A report is this
    // import's own if its first arrival at any door is: that does not depend on who asks when.
    private static final String OUTCOME = """
            WITH mine AS (
                SELECT day, id, receipt, received_at FROM report r WHERE channel = 'upload' AND source = ?
                  AND NOT EXISTS (SELECT FROM report_copy c WHERE c.day = r.day AND c.id = r.id)
                UNION ALL
                SELECT day, id, receipt, received_at FROM report_copy WHERE channel = 'upload' AND source = ?)
            SELECT count(DISTINCT m.receipt),
                count(DISTINCT (m.day, m.id)) FILTER (WHERE NOT EXISTS (
                    SELECT FROM report_copy c WHERE c.day = m.day AND c.id = m.id AND c.source <> ?
                      AND (c.received_at, c.receipt) < (m.received_at, m.receipt)))
            FROM mine m""";

    private final AgroalDataSource database;
    private final ReadTransaction reading;

    Imports(AgroalDataSource database, ReadTransaction reading) {
        this.database = database;
        this.reading = reading;
    }

    /**
     * Of the reports an import handed over, those that are in the tables by now.
     *
     * @param stored reports that came first with this import
     * @param duplicates further arrivals of reports that are stored
     */
    public record Outcome(long stored, long duplicates) {}

    /**
     * Writes how far an import is.
     *
     * @throws StoreUnavailableException if the database cannot take it now
     */
    public void save(ImportRow row) {
        try (Connection connection = database.getConnection()) {
            ROW.run(connection, SAVE, List.of(row));
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    /** One import. */
    public Optional<ImportRow> find(UUID id) {
        return reading.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SELECT + "id = ?")) {
                statement.setObject(1, id);
                return rows(statement).stream().findFirst();
            }
        });
    }

    /** The newest imports, at most so many. */
    public List<ImportRow> newest(int limit) {
        return before(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1), limit);
    }

    /** The imports that come after one in the order newest first, at most so many. */
    public List<ImportRow> before(Instant started, UUID id, int limit) {
        String sql = SELECT + "(started_at, id) < (?, ?) ORDER BY started_at DESC, id DESC LIMIT ?";
        return reading.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, started.atOffset(ZoneOffset.UTC));
                statement.setObject(2, id);
                statement.setInt(3, limit);
                return rows(statement);
            }
        });
    }

    /** What became of the reports of a source so far. */
    public Outcome outcome(String source) {
        return reading.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OUTCOME)) {
                for (int i = 1; i <= 3; i++) {
                    statement.setString(i, source);
                }
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    long arrivals = result.getLong(1);
                    long stored = result.getLong(2);
                    return new Outcome(stored, arrivals - stored);
                }
            }
        });
    }

    private static List<ImportRow> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            List<ImportRow> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static ImportRow row(ResultSet result) throws SQLException {
        return new ImportRow(
                result.getObject("id", UUID.class),
                result.getString("source"),
                result.getString("tenant"),
                result.getString("caller"),
                ImportState.of(result.getString("state")),
                result.getString("detail"),
                result.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(result.getObject("finished_at", OffsetDateTime.class)),
                result.getLong("total"),
                new ImportCounts(
                        result.getLong("bytes"),
                        result.getLong("read"),
                        result.getLong("accepted"),
                        result.getLong("without_report"),
                        map(result, "refused", "refusals"),
                        map(result, "skipped", "skips")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static SortedMap<String, Long> map(ResultSet result, String names, String counts) throws SQLException {
        String[] keys = (String[]) result.getArray(names).getArray();
        Long[] values = (Long[]) result.getArray(counts).getArray();
        SortedMap<String, Long> map = new TreeMap<>();
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
        return map;
    }
}
