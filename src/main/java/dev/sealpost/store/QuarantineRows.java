package dev.sealpost.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;

/** Writes the quarantine: equal bytes with an equal reason once, further arrivals of them as repeats. */
@Singleton
class QuarantineRows {
    private static final Comparator<Origin> BEST = Comparator.<Origin>comparingInt(
                    origin -> origin.provenance().rank())
            .thenComparing(Origin::received)
            .thenComparing(Origin::receipt);

    /**
     * Equal arrivals of one batch.
     *
     * @param first origin of the best of them
     * @param last origin of the last of them
     */
    private record Row(UUID id, SetAside aside, Origin first, Origin last, long repeats) {
        static Row of(SetAside aside) {
            return new Row(QuarantineRows.id(aside.reason(), aside.bytes()), aside, aside.origin(), aside.origin(), 0);
        }

        Row and(Row later) {
            return new Row(
                    id,
                    later.aside,
                    BEST.compare(first, later.first) <= 0 ? first : later.first,
                    later.last,
                    repeats + 1);
        }
    }

    private static final Bulk<Row> ROWS = new Bulk<Row>("quarantine")
            .column("id", "uuid", Row::id)
            .column("reason", "text", row -> row.aside.reason())
            .column("detail", "text", row -> row.aside.detail())
            .column("receipt", "uuid", row -> row.last.receipt())
            .column("received_at", "timestamptz", row -> row.last.received())
            .column("first_receipt", "uuid", row -> row.first.receipt())
            .column("first_received_at", "timestamptz", row -> row.first.received())
            .column("channel", "text", row -> row.first.channel().label())
            .column("source", "text", row -> row.first.source())
            .column("provenance", "text", row -> row.first.provenance().label())
            .column("rank", "smallint", row -> (short) row.first.provenance().rank())
            .column("tenant", "text", row -> row.first.tenant())
            .column("prefix", "text", row -> Charged.to(row.first))
            .texts("domains", row -> new TreeSet<>(row.aside.domains()))
            .column("repeats", "bigint", Row::repeats)
            .column("bytes", "bytea", row -> row.aside.bytes());

    // The same arrival again changes nothing. Who is charged stays: the bytes are his who sent them first.
    private static final String KEEP = ROWS.insert() + """
             ON CONFLICT (id) DO UPDATE SET
                repeats = quarantine.repeats + CASE
                    WHEN excluded.receipt IN (quarantine.receipt, quarantine.first_receipt) THEN 0
                    ELSE excluded.repeats + 1 END,
                receipt = CASE WHEN excluded.received_at > quarantine.received_at
                    THEN excluded.receipt ELSE quarantine.receipt END,
                received_at = greatest(excluded.received_at, quarantine.received_at),
                detail = excluded.detail,
                domains = ARRAY(SELECT DISTINCT unnest(quarantine.domains || excluded.domains) ORDER BY 1),
                replay = NULL,
                (rank, first_received_at, first_receipt, channel, source, provenance, tenant) =
                    (SELECT * FROM (VALUES
                        (excluded.rank, excluded.first_received_at, excluded.first_receipt, excluded.channel,
                            excluded.source, excluded.provenance, excluded.tenant),
                        (quarantine.rank, coalesce(quarantine.first_received_at, quarantine.received_at),
                            coalesce(quarantine.first_receipt, quarantine.receipt), quarantine.channel,
                            quarantine.source, quarantine.provenance, quarantine.tenant)) AS arrival
                     ORDER BY 1, 2, 3 LIMIT 1)""";

    private final QuarantineQuota quota;

    QuarantineRows(QuarantineQuota quota) {
        this.quota = quota;
    }

    /** What an entry is called: made of reason and bytes. */
    static UUID id(String reason, byte[] bytes) {
        return uuid(Sha256.of(reason.getBytes(StandardCharsets.UTF_8), bytes));
    }

    /** Whether there is an entry. */
    static Sql one(UUID id) {
        return new Sql("SELECT id FROM quarantine WHERE id = ?", id);
    }

    /** A version 8 UUID (RFC 9562, section 5.8) of the first 16 bytes of a hash. */
    private static UUID uuid(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
        long low = (bytes.getLong() & ~(0b11L << 62)) | (1L << 63);
        return new UUID(high, low);
    }

    /** Keeps all, and gives up the oldest of those who hold most where that is too much. */
    Dropped keep(Connection connection, List<SetAside> all) throws SQLException {
        if (all.isEmpty()) {
            return new Dropped(0, 0);
        }
        // One statement meets a row once; the ids in their order, so that two writers wait for each other.
        Map<UUID, Row> rows = new LinkedHashMap<>();
        all.stream()
                .map(Row::of)
                .sorted(Comparator.comparing(Row::id))
                .forEach(row -> rows.merge(row.id, row, Row::and));
        ROWS.run(connection, KEEP, List.copyOf(rows.values()));
        Set<String> charged =
                rows.values().stream().map(row -> Charged.to(row.first)).collect(Collectors.toSet());
        return quota.enforce(connection, charged);
    }
}
