package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.sealpost.report.ReportIdentity;

/**
 * Bounds how many unverified versions of one report (one identity, other content) are stored: each new one makes all of them
 * be read. Further ones are refused, except those that would be the one that counts: of better provenance, or earlier at the
 * door, than all that are stored. So which version counts does not depend on the order of arrival.
 */
final class VersionGate {
    /** Unverified versions of a report; several aggregators at once may store a batch more. */
    static final int MOST = 100;

    /** Identities that are remembered, at some 200 bytes each. */
    private static final int REMEMBERED = 50_000;

    /** Bits of 64, each set by a content, from which on it is worth asking the database. */
    private static final int SUSPICIOUS = 16;

    private record Place(int rank, Instant received, UUID receipt) {
        static final Comparator<Place> ORDER = Comparator.comparingInt(Place::rank)
                .thenComparing(Place::received)
                .thenComparing(place -> place.receipt.getMostSignificantBits(), Long::compareUnsigned)
                .thenComparing(place -> place.receipt.getLeastSignificantBits(), Long::compareUnsigned);

        static Place of(ReportRow row) {
            return new Place(
                    row.origin().provenance().rank(),
                    row.origin().received(),
                    row.origin().receipt());
        }
    }

    /** What is stored of an identity. */
    private static final class Stored {
        private final Set<UUID> ids = new HashSet<>();
        private long unverified;
        private Place first = new Place(Integer.MAX_VALUE, Instant.MAX, new UUID(-1, -1));

        private void add(UUID id, Place place) {
            if (ids.add(id) && place.rank >= Unverified.RANK) {
                unverified++;
            }
            first = Place.ORDER.compare(place, first) < 0 ? place : first;
        }
    }

    private static final String STORED = """
            SELECT r.day, r.identity, r.id, r.rank, r.received_at, r.receipt FROM %s
            JOIN report r ON r.day = u.day AND r.id BETWEEN u.least AND u.greatest AND r.identity = u.identity""".formatted(Versions.BULK.rows());

    private final Map<Versions.Version, Long> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Versions.Version, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The rows that are not to be stored. */
    Set<ReportRow> refused(Connection connection, List<ReportRow> rows) throws SQLException {
        Set<Versions.Version> suspicious = new HashSet<>();
        for (ReportRow row : rows) {
            if (!row.verified() && many(row)) {
                suspicious.add(version(row));
            }
        }
        Set<ReportRow> refused = Collections.newSetFromMap(new IdentityHashMap<>());
        if (suspicious.isEmpty()) {
            return refused;
        }
        Map<Versions.Version, Stored> stored = new HashMap<>();
        Versions.BULK.query(
                connection,
                STORED,
                List.copyOf(suspicious),
                row -> stored.computeIfAbsent(
                                new Versions.Version(
                                        row.getObject(1, LocalDate.class), new ReportIdentity(row.getBytes(2))),
                                version -> new Stored())
                        .add(
                                row.getObject(3, UUID.class),
                                new Place(
                                        row.getInt(4),
                                        row.getObject(5, OffsetDateTime.class).toInstant(),
                                        row.getObject(6, UUID.class))));
        List<ReportRow> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparing(Place::of, Place.ORDER));
        for (ReportRow row : ordered) {
            if (suspicious.contains(version(row))) {
                Stored known = stored.computeIfAbsent(version(row), version -> new Stored());
                Place place = Place.of(row);
                if (row.verified()
                        || known.ids.contains(row.id())
                        || known.unverified < MOST
                        || Place.ORDER.compare(place, known.first) < 0) {
                    known.add(row.id(), place);
                } else {
                    refused.add(row);
                }
            }
        }
        return refused;
    }

    private static Versions.Version version(ReportRow row) {
        return new Versions.Version(row.day(), row.identity());
    }

    private synchronized boolean many(ReportRow row) {
        long bit = 1L << ((row.id().hashCode() * 0x9E3779B9) >>> 26);
        return Long.bitCount(seen.merge(version(row), bit, (one, other) -> one | other)) >= SUSPICIOUS;
    }
}
