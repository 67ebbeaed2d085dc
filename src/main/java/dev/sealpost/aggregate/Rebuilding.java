package dev.sealpost.aggregate;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import jakarta.inject.Singleton;

import dev.sealpost.report.Readable;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportReader;
import dev.sealpost.store.DomainDay;
import dev.sealpost.store.Originals;
import dev.sealpost.store.Rebuild;
import dev.sealpost.store.Rereading;
import dev.sealpost.store.Scope;
import dev.sealpost.store.StoreUnavailableException;
import io.quarkus.arc.Unremovable;

/**
 * Derives the daily tables anew, and before that reads stored originals again if that is wanted. Only a command asks for
 * it, by name.
 */
@Singleton
@Unremovable
public class Rebuilding {
    /** Days of domains in one transaction: writers of these wait as long. */
    private static final int DAYS = 50;

    private static final int ORIGINALS = 200;
    private static final long ORIGINAL_BYTES = 8L << 20;
    private static final int ATTEMPTS = 30;
    private static final int PAUSE_MILLIS = 1_000;

    private final Rebuild rebuild;
    private final Originals originals;
    private final ReportReader reader;
    private final Clock clock;

    Rebuilding(Rebuild rebuild, Originals originals, ReportReader reader, Clock clock) {
        this.rebuild = rebuild;
        this.originals = originals;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * What was done.
     *
     * @param days of domains derived, those of an earlier run that was stopped included
     * @param left of them, those that a newer program made
     * @param sums over all domains that were wrong
     */
    public record Done(long days, long left, int sums) {}

    /** How far the rebuild of a scope that was stopped is; empty if there was none. */
    public Optional<DomainDay> begun(Scope scope) throws InterruptedException {
        return patiently(() -> rebuild.begin(scope, clock.instant())).last();
    }

    /**
     * Reads stored originals again that another reader read.
     *
     * @param progress is told how many were read
     * @return how many are read otherwise now
     * @throws StoreUnavailableException if the database was away for half a minute
     */
    public long reread(Scope scope, LongConsumer progress) throws InterruptedException {
        long read = 0;
        long changed = 0;
        while (true) {
            List<Originals.Original> some = patiently(() -> originals.next(scope, ORIGINALS, ORIGINAL_BYTES));
            if (some.isEmpty()) {
                return changed;
            }
            List<Rereading> readings = some.stream().map(this::read).toList();
            changed += patiently(() -> originals.take(readings));
            read += some.size();
            progress.accept(read);
        }
    }

    private Rereading read(Originals.Original original) {
        if (reader.read(original.json()) instanceof Readable readable) {
            Report report = readable.report();
            return new Rereading(
                    original, report, PolicyDomains.of(report, original.origin().claims()));
        }
        return new Rereading(original, null, List.of());
    }

    /**
     * Derives everything of a scope; one that was stopped goes on where it was.
     *
     * @param progress is told how many days of domains are done
     * @throws StoreUnavailableException if the database was away for half a minute
     */
    public Done rebuild(Scope scope, LongConsumer progress) throws InterruptedException {
        Rebuild.Place begun = patiently(() -> rebuild.begin(scope, clock.instant()));
        Optional<DomainDay> last = begun.last();
        long days = begun.days();
        long left = 0;
        while (true) {
            Optional<DomainDay> after = last;
            Rebuild.Step step = patiently(() -> rebuild.next(scope, after, DAYS, clock.instant()));
            if (step.days().isEmpty()) {
                return new Done(days, left, patiently(() -> rebuild.finish(scope)));
            }
            last = Optional.of(step.days().getLast());
            days += step.days().size();
            left += step.left();
            progress.accept(days);
        }
    }

    private static <T> T patiently(Supplier<T> work) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (StoreUnavailableException passing) {
                if (attempt == ATTEMPTS) {
                    throw passing;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }
}
