package dev.sealpost.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** Attributes stored policies of MX hosts again when the owners of a host changed, some at a time. */
@Singleton
public class HostChanges {
    /** Any number of processes may be at it; whoever has a host has it alone. */
    private static final String NEXT =
            "SELECT host, done FROM mx_owner_due ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED";

    private static final String ANY = "SELECT 1 FROM mx_owner_due LIMIT 1";

    /** Most hosts are new, and nothing is stored of them. */
    private static final String NOTHING_STORED = """
            DELETE FROM mx_owner_due d
            USING (SELECT host FROM mx_owner_due ORDER BY due LIMIT 5000 FOR UPDATE SKIP LOCKED) u
            WHERE d.host = u.host
              AND NOT EXISTS (SELECT FROM policy p WHERE p.domain = d.host)
              AND NOT EXISTS (SELECT FROM policy p WHERE p.policy_domain = d.host AND p.policy_type = 'tlsa'
                AND p.policy_domain <> p.domain)""";

    private static final String POLICIES = """
            SELECT p.domain, p.day, p.organization, p.report, p.position, r.mail_domain,
                ARRAY(SELECT DISTINCT o.domain FROM policy o WHERE o.domain = ANY (r.domains) AND o.day = p.day
                    AND o.organization = p.organization AND o.report = p.report AND o.policy_type <> 'tlsa') AS named
            FROM policy p JOIN report r ON r.day = p.day AND r.id = p.report
            WHERE p.policy_type = 'tlsa' AND p.policy_domain = ? AND p.day = ? AND""";

    private static final String DAY = """
            SELECT least(
                (SELECT min(day) FROM policy WHERE domain = ? AND day > ?),
                (SELECT min(day) FROM policy WHERE policy_domain = ? AND day > ? AND policy_type = 'tlsa'
                    AND policy_domain <> domain)) AS day""";

    private record Due(String host, LocalDate done) {}

    /** A policy of the host, as it is stored. */
    private record Held(
            Reattribution.Move place,
            List<String> named,
            @Nullable String claimed) {}

    private final WriteTransaction transaction;
    private final HostOwners owners;
    private final Counting counting;

    HostChanges(WriteTransaction transaction, HostOwners owners, Counting counting) {
        this.transaction = transaction;
        this.owners = owners;
        this.counting = counting;
    }

    /** Notes that the owners of hosts changed. */
    static void due(Connection connection, Collection<String> hosts) throws SQLException {
        if (!hosts.isEmpty()) {
            WriteTransaction.update(connection, new Sql("""
                    INSERT INTO mx_owner_due (host) SELECT host FROM unnest(?::text[]) AS u(host) ORDER BY host
                    ON CONFLICT (host) DO UPDATE SET due = excluded.due, done = excluded.done""", hosts));
        }
    }

    /**
     * Works on one day of one host whose owners changed.
     *
     * @param limits which domains are watched beside those in the table
     * @param most policies that are moved at once
     * @return whether there may be more to do now
     */
    public boolean work(UnclaimedLimits limits, int most) {
        return transaction.write(connection -> {
            if (ReadTransaction.list(connection, new Sql(ANY), row -> true).isEmpty()) {
                return false;
            }
            // Batches that asked for the owners before the change are complete now, and later ones know it. The lock
            // comes
            // before any row: a batch that has its share of it may wait for one.
            Locks.hold(connection, Locks.HOSTS);
            WriteTransaction.update(connection, new Sql(NOTHING_STORED));
            Optional<Due> due = ReadTransaction.list(
                            connection,
                            new Sql(NEXT),
                            row -> new Due(row.getString("host"), row.getObject("done", LocalDate.class)))
                    .stream()
                    .findFirst();
            return due.isPresent() && work(connection, due.get(), limits, most);
        });
    }

    private boolean work(Connection connection, Due due, UnclaimedLimits limits, int most) throws SQLException {
        String host = due.host;
        List<LocalDate> days = ReadTransaction.list(
                connection, new Sql(DAY, host, due.done, host, due.done), row -> row.getObject("day", LocalDate.class));
        @Nullable LocalDate day = days.getFirst();
        if (day == null) {
            WriteTransaction.update(connection, new Sql("DELETE FROM mx_owner_due WHERE host = ?", host));
            return true;
        }
        List<Reattribution.Move> moves = moves(connection, host, day, limits);
        List<Reattribution.Move> now = moves.subList(0, Math.min(most, moves.size()));
        Set<Unit> units = Reattribution.move(connection, now);
        if (!units.isEmpty() && !counting.derive(connection, units, Set::of)) {
            // The cells belong to a newer program, which does this too.
            connection.rollback();
            return false;
        }
        if (now.size() == moves.size()) {
            WriteTransaction.update(connection, new Sql("UPDATE mx_owner_due SET done = ? WHERE host = ?", day, host));
        }
        return true;
    }

    private List<Reattribution.Move> moves(Connection connection, String host, LocalDate day, UnclaimedLimits limits)
            throws SQLException {
        List<Held> held = new ArrayList<>();
        for (Sql place : List.of(
                new Sql(POLICIES, host, day).add(" p.domain = ?", host),
                new Sql(POLICIES, host, day).add(" p.domain <> p.policy_domain"))) {
            ReadTransaction.list(
                    connection,
                    place,
                    row -> held.add(new Held(
                            new Reattribution.Move(
                                    row.getString("domain"),
                                    "",
                                    row.getObject("day", LocalDate.class),
                                    row.getString("organization"),
                                    row.getObject("report", UUID.class),
                                    row.getInt("position")),
                            ReportList.texts(row, "named"),
                            row.getString("mail_domain"))));
        }
        HostOwners.Owners known = limits.named().test(host)
                        || !WatchedTable.among(connection, List.of(host)).isEmpty()
                ? new HostOwners.Owners(Map.of())
                : owners.owners(connection, List.of(host), asked(held), limits.watched());
        return held.stream()
                .map(policy -> moved(policy.place, known.of(host, policy.named, policy.claimed)))
                .filter(move -> !move.to().equals(move.from()))
                .toList();
    }

    private static Set<String> asked(List<Held> held) {
        Set<String> domains = new HashSet<>();
        for (Held policy : held) {
            domains.addAll(policy.named);
            if (policy.claimed != null) {
                domains.add(policy.claimed);
            }
        }
        return domains;
    }

    private static Reattribution.Move moved(Reattribution.Move place, String to) {
        return new Reattribution.Move(
                place.from(), to, place.day(), place.organization(), place.report(), place.position());
    }
}
