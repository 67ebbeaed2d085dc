package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sealpost.intake.Allowance;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import org.jspecify.annotations.Nullable;

/**
 * What each source may still send. A source has a budget of junk and one of bytes, and so has the wider prefix it is in,
 * four times as large. The table has a fixed size: a flood of sources pushes out the ones that send least.
 */
@Singleton
class Budgets {
    /** Time in which a whole budget comes back. */
    static final Duration PERIOD = Duration.ofMinutes(10);

    /** How much more the wider prefix has. */
    static final int WIDE_FACTOR = 4;

    /** Prefixes remembered; some 12 MiB. */
    static final int TABLE_SIZE = 20_000;

    private final Cache<Prefix, Account> accounts = Caffeine.newBuilder()
            .maximumSize(TABLE_SIZE)
            .expireAfterAccess(PERIOD)
            .build();
    private final TimeMeter time;
    private final int junk;
    private final long bytes;

    @Inject
    Budgets(BudgetConfig config, Clock clock) {
        this(config.junk(), config.bytes().asLongValue(), clock);
    }

    Budgets(int junk, long bytes, Clock clock) {
        if (junk < 1 || bytes < 1) {
            throw new IllegalArgumentException("sealpost.intake.budget: allowed are numbers from 1");
        }
        this.junk = junk;
        this.bytes = bytes;
        this.time = new ClockMeter(clock);
    }

    /** Both budgets of one prefix. */
    private record Account(Bucket junk, Bucket bytes) {
        boolean isEmpty() {
            return junk.getAvailableTokens() < 1 || bytes.getAvailableTokens() < 1;
        }

        long nanosToRefill() {
            return Math.max(
                    junk.estimateAbilityToConsume(1).getNanosToWaitForRefill(),
                    bytes.estimateAbilityToConsume(1).getNanosToWaitForRefill());
        }
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    private Account open(int factor) {
        return new Account(bucket((long) factor * junk), bucket(factor * bytes));
    }

    private Bucket bucket(long capacity) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, PERIOD))
                .withCustomTimePrecision(time)
                .withSynchronizationStrategy(SynchronizationStrategy.SYNCHRONIZED)
                .build();
    }

    /** The prefix of a source that has nothing left, the wide one first; null if it is within its budgets. */
    @Nullable
    Prefix exhausted(InetAddress source) {
        for (Prefix prefix : List.of(Prefix.wide(source), Prefix.narrow(source))) {
            Account account = accounts.getIfPresent(prefix);
            if (account != null && account.isEmpty()) {
                return prefix;
            }
        }
        return null;
    }

    Allowance allowance(InetAddress source) {
        return exhausted(source) == null ? Allowance.WITHIN : Allowance.OVER;
    }

    /** Counts a body. Nothing goes below zero: a flood costs what there is, and no debt for hours. */
    void chargeBytes(InetAddress source, int sent) {
        narrow(source).bytes.tryConsumeAsMuchAsPossible(Math.max(1, sent));
        wide(source).bytes.tryConsumeAsMuchAsPossible(Math.max(1, sent));
    }

    /** Counts a body without a report, as so many. */
    void chargeJunk(InetAddress source, int weight) {
        narrow(source).junk.tryConsumeAsMuchAsPossible(weight);
        wide(source).junk.tryConsumeAsMuchAsPossible(weight);
    }

    private Account narrow(InetAddress source) {
        return accounts.get(Prefix.narrow(source), _ -> open(1));
    }

    private Account wide(InetAddress source) {
        return accounts.get(Prefix.wide(source), _ -> open(WIDE_FACTOR));
    }

    /** Whole seconds until a source has something left, at least one. */
    long retrySeconds(InetAddress source) {
        long nanos = Math.max(narrow(source).nanosToRefill(), wide(source).nanosToRefill());
        return 1 + TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    /** Prefixes remembered now. */
    long size() {
        accounts.cleanUp();
        return accounts.estimatedSize();
    }
}
