package dev.sealpost.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

/**
 * Derives all there is anew, a few days of domains in each transaction, beside writers that go on: which versions count,
 * cells, and the sums over cells. How far it is stands in the database, so one that was stopped goes on there.
 */
@Singleton
public class Rebuild {
    private static final String BEGIN = """
            INSERT INTO rebuild AS b (scope, domain, day, days, started_at, updated_at) VALUES (?, '', '0001-01-01', 0, ?, ?)
            ON CONFLICT (scope) DO UPDATE SET scope = b.scope RETURNING domain, day, days""";
    private static final String GONE_ON =
            "UPDATE rebuild SET domain = ?, day = ?, days = days + ?, updated_at = ? WHERE scope = ?";

    private final WriteTransaction transaction;
    private final Counting counting;

    Rebuild(WriteTransaction transaction, Counting counting) {
        this.transaction = transaction;
        this.counting = counting;
    }

    /**
     * How far a rebuild is.
     *
     * @param last the last day done; empty at the start
     * @param days done so far
     */
    public record Place(Optional<DomainDay> last, long days) {}

    /**
     * What one transaction did.
     *
     * @param days done; empty if there were no more
     * @param left days that a newer program made, and that were left to it
     */
    public record Step(List<DomainDay> days, int left) {}

    /** Begins a rebuild, or goes on with the one of this scope that was stopped. */
    public Place begin(Scope scope, Instant now) {
        return transaction.write(connection -> {
            List<Place> places = ReadTransaction.list(connection, new Sql(BEGIN, scope.toString(), now, now), row -> {
                DomainDay last = new DomainDay(row.getString(1), row.getObject(2, LocalDate.class));
                return new Place(last.domain().isEmpty() ? Optional.empty() : Optional.of(last), row.getLong(3));
            });
            return places.getFirst();
        });
    }

    /**
     * Derives the next days, and notes that they are done.
     *
     * @param most days at once
     * @throws StoreUnavailableException if the database cannot do it now; the same may go through later
     */
    public Step next(Scope scope, Optional<DomainDay> after, int most, Instant now) {
        return transaction.write(connection -> {
            WriteTransaction.fixPlans(connection);
            List<DomainDay> days = DomainDays.next(connection, scope, after, most);
            if (days.isEmpty()) {
                return new Step(days, 0);
            }
            int left = counting.rebuild(connection, days);
            DomainDay last = days.getLast();
            Sql progress = new Sql(GONE_ON, last.domain(), last.day(), days.size(), now, scope.toString());
            WriteTransaction.update(connection, progress);
            return new Step(days, left);
        });
    }

    /** Derives some days in which an older program stored reports that the cells lack. */
    public Step due(int most) {
        return transaction.write(connection -> {
            WriteTransaction.fixPlans(connection);
            List<DomainDay> days = counting.due(connection, most);
            return new Step(days, days.isEmpty() ? 0 : counting.rebuild(connection, days));
        });
    }

    /**
     * Brings the sums over all domains right where they are wrong, and forgets how far the rebuild was.
     *
     * @return sums that were wrong
     */
    public int finish(Scope scope) {
        boolean right = transaction.write(
                connection -> Rollups.differences(connection, scope).isEmpty());
        int wrong = right
                ? 0
                : transaction.write(connection -> {
                    Rollups.lock(connection);
                    return Rollups.correct(connection, scope);
                });
        transaction.update(new Sql("DELETE FROM rebuild WHERE scope = ?", scope.toString()));
        return wrong;
    }
}
