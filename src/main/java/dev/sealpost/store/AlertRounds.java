package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jakarta.inject.Singleton;

/**
 * Rounds of judging. Of all processes one judges at a time: a lease on the database's clock, asked once more in the
 * transaction that writes what was found, so that one who slept past its time changes nothing.
 */
@Singleton
public class AlertRounds {
    private static final String NAME = "evaluation";

    private static final String TAKE = """
            UPDATE alert_lease SET lease_owner = ?, lease_until = clock_timestamp() + ? * interval '1 ms'
            WHERE name = ? AND (lease_until IS NULL OR lease_until <= clock_timestamp() OR lease_owner = ?)""";

    private static final String CLAIM = """
            UPDATE alert_touched t SET round = ? FROM (
                SELECT domain, day FROM alert_touched WHERE due <= clock_timestamp()
                ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED) d
            WHERE t.domain = d.domain AND t.day = d.day RETURNING t.domain, t.day""";

    private static final Bulk<DomainDay> BULK = DomainDay.bulk("");

    /** What a writer holds just now changes, and is judged again. */
    private static final String FINISH =
            "DELETE FROM alert_touched t USING (SELECT a.domain, a.day FROM alert_touched a"
                    + " JOIN " + BULK.rows() + " ON a.domain = u.domain AND a.day = u.day WHERE a.round = ?"
                    + " FOR UPDATE OF a SKIP LOCKED) d WHERE t.domain = d.domain AND t.day = d.day";

    private final WriteTransaction writing;

    AlertRounds(WriteTransaction writing) {
        this.writing = writing;
    }

    /**
     * The right to judge.
     *
     * @param owner the same in all its questions
     * @param length after so long without a word somebody else may judge
     */
    public record Lease(UUID owner, Duration length) {}

    /** A day of a domain. */
    public record Touched(String domain, LocalDate day) {}

    /**
     * What one round judges.
     *
     * @param number of the round
     */
    public record Round(long number, List<Touched> days) {
        public Round {
            days = List.copyOf(days);
        }
    }

    /** Takes or keeps the lease; false while somebody else has it. */
    public boolean take(Lease lease) {
        return writing.write(connection -> {
            WriteTransaction.update(
                    connection, new Sql("INSERT INTO alert_lease (name) VALUES (?) ON CONFLICT DO NOTHING", NAME));
            Sql take = new Sql(TAKE, lease.owner(), lease.length().toMillis(), NAME, lease.owner());
            return WriteTransaction.update(connection, take) > 0;
        });
    }

    /** Gives the lease back. */
    public void release(Lease lease) {
        writing.update(new Sql(
                "UPDATE alert_lease SET lease_until = NULL WHERE name = ? AND lease_owner = ?", NAME, lease.owner()));
    }

    /** The days that are due, those that wait longest first; what an earlier round did not finish is due still. */
    public Round claim(int most) {
        return writing.write(connection -> {
            long round = ReadTransaction.list(
                            connection,
                            new Sql("UPDATE alert_lease SET round = round + 1 WHERE name = ? RETURNING round", NAME),
                            row -> row.getLong(1))
                    .getFirst();
            List<Touched> days = new ArrayList<>();
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                claim.setLong(1, round);
                claim.setInt(2, most);
                try (ResultSet row = claim.executeQuery()) {
                    while (row.next()) {
                        days.add(new Touched(row.getString(1), row.getObject(2, LocalDate.class)));
                    }
                }
            }
            return new Round(round, days);
        });
    }

    /** Holds the lease until the transaction ends; false if it is not held any more. */
    static boolean hold(Connection connection, Lease lease) throws SQLException {
        Sql held = new Sql(
                "SELECT FROM alert_lease WHERE name = ? AND lease_owner = ? AND lease_until > clock_timestamp() FOR UPDATE",
                NAME,
                lease.owner());
        return !ReadTransaction.list(connection, held, row -> true).isEmpty();
    }

    /** Takes the days of a round off the queue, but those that changed meanwhile. */
    static void finish(Connection connection, Round round) throws SQLException {
        if (round.days().isEmpty()) {
            return;
        }
        List<DomainDay> days = round.days().stream()
                .map(each -> new DomainDay(each.domain(), each.day()))
                .toList();
        try (PreparedStatement finish = connection.prepareStatement(FINISH)) {
            int next = BULK.bind(connection, finish, days, 1);
            finish.setLong(next, round.number());
            finish.executeUpdate();
        }
    }
}
