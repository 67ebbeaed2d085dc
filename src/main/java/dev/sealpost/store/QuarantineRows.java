package dev.sealpost.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jakarta.inject.Singleton;

/** Writes the quarantine: equal bytes with an equal reason once, further arrivals of them as repeats. */
@Singleton
class QuarantineRows {
    private record Row(UUID id, SetAside aside) {
        static Row of(SetAside aside) {
            MessageDigest digest = ReportRow.sha256();
            digest.update(aside.reason().getBytes(StandardCharsets.UTF_8));
            return new Row(ReportRow.uuid(digest.digest(aside.bytes())), aside);
        }
    }

    private static final Bulk<Row> ROWS = new Bulk<Row>("quarantine")
            .column("id", "uuid", Row::id)
            .column("reason", "text", row -> row.aside.reason())
            .column("detail", "text", row -> row.aside.detail())
            .column("receipt", "uuid", row -> row.aside.origin().receipt())
            .column("received_at", "timestamptz", row -> row.aside.origin().received())
            .column("channel", "text", row -> row.aside.origin().channel().label())
            .column("source", "text", row -> row.aside.origin().source())
            .column("bytes", "bytea", row -> row.aside.bytes());

    // The same arrival again changes nothing.
    private static final String KEEP = ROWS.insert() + """
             ON CONFLICT (id) DO UPDATE SET repeats = quarantine.repeats + 1,
                receipt = excluded.receipt, received_at = excluded.received_at
            WHERE quarantine.receipt <> excluded.receipt""";

    void keep(Connection connection, List<SetAside> all) throws SQLException {
        // One statement meets a row once; the same junk several times in one batch is one more arrival.
        Map<UUID, Row> rows = new LinkedHashMap<>();
        all.stream().map(Row::of).sorted(Comparator.comparing(Row::id)).forEach(row -> rows.put(row.id, row));
        ROWS.run(connection, KEEP, List.copyOf(rows.values()));
    }
}
