package dev.sealpost.aggregate;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import jakarta.inject.Singleton;

import dev.sealpost.store.DomainDay;
import dev.sealpost.store.Scope;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.store.Verification;

/** Compares the daily tables with the stored reports, all of them or a few by chance. Repairs nothing. */
@Singleton
public class Verifying {
    /** Days of domains in memory at once. */
    private static final int DAYS = 500;

    private static final int SAMPLE = 5;

    private final Verification verification;

    Verifying(Verification verification) {
        this.verification = verification;
    }

    /**
     * What was compared.
     *
     * @param days of domains
     * @param left of them, those whose cells were not compared: another rule made them, or they wait for a newer program
     * @param differences found
     */
    public record Verified(long days, long left, long differences) {}

    /**
     * Compares everything of a scope.
     *
     * @param differences is told each in words
     * @param progress is told how many days of domains were compared
     * @throws StoreUnavailableException if the database cannot answer now
     */
    public Verified all(Scope scope, Consumer<String> differences, LongConsumer progress) {
        Optional<DomainDay> last = Optional.empty();
        long days = 0;
        long left = 0;
        long found = 0;
        while (true) {
            Verification.Checked checked = verification.next(scope, last, DAYS);
            if (checked.days().isEmpty()) {
                break;
            }
            checked.differences().forEach(differences);
            found += checked.differences().size();
            days += checked.days().size();
            left += checked.left();
            last = Optional.of(checked.days().getLast());
            progress.accept(days);
        }
        // They say nothing of a domain.
        List<String> rollups = scope.domain().isPresent() ? List.of() : verification.rollups(scope);
        rollups.forEach(differences);
        return new Verified(days, left, found + rollups.size());
    }

    /** Compares a few days of domains by chance, and says what differs. */
    List<String> sample() {
        return verification.sample(SAMPLE).differences();
    }
}
