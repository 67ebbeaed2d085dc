package dev.sealpost.intake.upload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;

import dev.sealpost.intake.Intake;
import dev.sealpost.intake.Verdict;
import dev.sealpost.store.QuarantineEntries;
import dev.sealpost.store.QuarantineEntries.Place;
import dev.sealpost.store.QuarantineEntries.Wanted;
import dev.sealpost.store.QuarantineEntry;
import dev.sealpost.store.QuarantineReplays;
import dev.sealpost.store.QuarantineReplays.Started;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is in the quarantine through the door once more, with the origin it had the first time. After an upgrade that
 * reads more, what was refused may be a report.
 */
@Singleton
public class Replay {
    /** So long a call for many goes on. */
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final QuarantineEntries entries;
    private final QuarantineReplays replays;
    private final Intake intake;

    Replay(QuarantineEntries entries, QuarantineReplays replays, Intake intake) {
        this.entries = entries;
        this.replays = replays;
        this.intake = intake;
    }

    /**
     * What became of several entries.
     *
     * @param next where to go on; null when all are through
     * @param available false when the door could take no more for now
     */
    public record Progress(
            long accepted, long rejected, @Nullable Place next, boolean available) {}

    /**
     * Replays one entry. Blocks as long as the door does.
     *
     * @return the verdict of the door; empty if there is no such entry
     */
    public Optional<Verdict> one(UUID id) throws InterruptedException {
        Started replay = replays.start(id).orElse(null);
        if (replay == null) {
            return Optional.empty();
        }
        Verdict verdict = intake.accept(replay.kept().bytes(), replay.kept().origin());
        switch (verdict) {
            case Verdict.Accepted ignored -> replays.accepted(replay);
            case Verdict.Refused(String reason, String detail) -> replays.refused(replay, reason, detail);
            case Verdict.Unavailable ignored -> {}
            case Verdict.OverBudget ignored -> {}
        }
        return Optional.of(verdict);
    }

    /**
     * Replays entries from the newest to the oldest, at most so many, and for twenty seconds.
     *
     * @param after where to go on
     */
    public Progress several(Wanted wanted, Optional<Place> after, int limit) throws InterruptedException {
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        List<QuarantineEntry> page = entries.newest(wanted, after, limit + 1);
        Place done = after.orElse(null);
        long accepted = 0;
        long rejected = 0;
        for (QuarantineEntry entry : page.subList(0, Math.min(limit, page.size()))) {
            if (System.nanoTime() > deadline) {
                return new Progress(accepted, rejected, done, true);
            }
            switch (one(entry.id).orElse(null)) {
                case Verdict.Accepted ignored -> accepted++;
                case Verdict.Refused ignored -> rejected++;
                case Verdict.Unavailable ignored -> {
                    return new Progress(accepted, rejected, done, false);
                }
                // A replay has no budget.
                case Verdict.OverBudget ignored -> {}
                // Somebody else has taken it out meanwhile.
                case null -> {}
            }
            done = new Place(entry.received, entry.id);
        }
        return new Progress(accepted, rejected, page.size() > limit ? done : null, true);
    }
}
