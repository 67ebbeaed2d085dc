package dev.sealpost.intake;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import jakarta.inject.Singleton;

import dev.sealpost.intake.HandOver.Handed;
import dev.sealpost.intake.spool.Importance;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Reading;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportIdentity;
import dev.sealpost.report.ReportReader;
import dev.sealpost.stream.Letter;
import dev.sealpost.watch.WatchedDomains;
import io.quarkus.runtime.Startup;
import org.jboss.logging.Logger;

/** The one door. Reads what a transport brings, and answers only when it is durable. */
@Singleton
@Startup // limits that contradict each other stop the start, not the first report
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private static final Duration LATER = Duration.ofSeconds(60);

    private static final String CROWDED = "too much under way";

    private final ReportReader reader;
    private final HandOver handOver;
    private final WatchedDomains watched;
    private final IntakeMetrics metrics;
    private final InFlight inFlight;
    private final Seldom outages = new Seldom(Duration.ofSeconds(10));
    private final Duration patience;
    private final long maxBody;

    Intake(ReportReader reader, HandOver handOver, WatchedDomains watched, IntakeMetrics metrics, IntakeConfig config) {
        this.reader = reader;
        this.handOver = handOver;
        this.watched = watched;
        this.metrics = metrics;
        long room = Math.min(
                config.maxInFlight().asLongValue(), Runtime.getRuntime().maxMemory() / 8 * 3);
        this.inFlight = new InFlight(room, config.largestReport());
        this.patience = config.patience();
        this.maxBody = config.maxBody().asLongValue();
    }

    /** Takes bytes from a source without a budget, as {@link #accept(byte[], Origin, Allowance)} does. */
    public Verdict accept(byte[] body, Origin origin) throws InterruptedException {
        return accept(body, origin, Allowance.WITHIN);
    }

    /**
     * Takes bytes. Blocks until they are durable, at most for the configured patience, or a minute
     * where they can be asked for again; never call it on an event loop.
     *
     * @param body a report in any of its containers (RFC 8460, section 5.2: gzip or plain), or anything else
     * @param allowance what the source may still send
     */
    public Verdict accept(byte[] body, Origin origin, Allowance allowance) throws InterruptedException {
        metrics.received(origin.channel());
        Duration patience = patience(allowance);
        long deadline = System.nanoTime() + patience.toNanos();
        try (InFlight.Room room = inFlight.small(body, patience.dividedBy(2))) {
            if (room == null) {
                return unavailable(CROWDED);
            }
            Reading reading = reader.readSmall(body, InFlight.SMALL);
            if (reading != null) {
                return settle(keep(reading, origin), room, body, allowance, deadline);
            }
        }
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        try (InFlight.Room room = inFlight.large(left.dividedBy(2))) {
            return room == null
                    ? unavailable(CROWDED)
                    : settle(keep(reader.read(body), origin), room, body, allowance, deadline);
        }
    }

    /** Nobody waits at the other end where it is asked again: what is large takes its time, and gets through. */
    private Duration patience(Allowance allowance) {
        return allowance == Allowance.LATER ? LATER : patience;
    }

    private Verdict settle(Kept kept, InFlight.Room room, byte[] body, Allowance allowance, long deadline)
            throws InterruptedException {
        return switch (kept) {
            case Taken(Letter.ReportLetter report, Importance importance) -> {
                room.shrinkTo(report.value().length);
                yield publish(report, importance, allowance, deadline);
            }
            case Junk(Rejection rejection, Origin origin) -> {
                room.shrinkTo(body.length);
                yield refuse(rejection, body, origin, allowance, deadline);
            }
        };
    }

    /**
     * Refuses bytes for a reason that only their transport knows, and keeps them in the quarantine; nothing of a source
     * that can be asked again is lost, so it may be told {@link Verdict.Unavailable}. Blocks like {@link #accept}.
     *
     * @param reason kebab-case
     * @param detail one printable line
     */
    public Verdict setAside(byte[] bytes, Origin origin, String reason, String detail) throws InterruptedException {
        metrics.received(origin.channel());
        long deadline = System.nanoTime() + patience(Allowance.LATER).toNanos();
        return refuse(new Letter.DeadLetter(origin, bytes, reason, detail), Allowance.LATER, deadline);
    }

    /** Whether the broker takes reports now: a source that can wait is not read else. Blocks for a second at the most. */
    public boolean brokerAnswers() {
        return handOver.brokerAnswers();
    }

    /** What is kept of a reading while the broker is awaited: the report as objects is many times its JSON. */
    private sealed interface Kept {}

    private record Taken(Letter.ReportLetter letter, Importance importance) implements Kept {}

    private record Junk(Rejection rejection, Origin origin) implements Kept {}

    private Kept keep(Reading reading, Origin origin) {
        return switch (reading) {
            case Readable(Report report, byte[] json) ->
                new Taken(new Letter.ReportLetter(origin, key(report), json), importance(report));
            case Rejection rejection -> new Junk(rejection, origin);
        };
    }

    private Importance importance(Report report) {
        boolean ours = report.policies().stream()
                .map(Policy::policyDomain)
                .anyMatch(domain -> domain != null && watched.contains(domain));
        return ours ? Importance.WATCHED : Importance.UNCLAIMED;
    }

    /** The answer to more bytes than the configured body, known before they were read; they are not kept. */
    public Verdict.Refused tooLarge(Channel channel) {
        metrics.received(channel);
        metrics.rejected(Reason.TOO_LARGE.label());
        return new Verdict.Refused(Reason.TOO_LARGE.label(), "a report may have " + maxBody + " bytes as sent");
    }

    private Verdict publish(Letter.ReportLetter report, Importance importance, Allowance allowance, long deadline)
            throws InterruptedException {
        if (allowance == Allowance.OVER && importance != Importance.WATCHED) {
            return overBudget();
        }
        Origin origin = report.origin();
        return switch (handOver.hand(report, importance, allowance, deadline)) {
            case Handed.Acknowledged() -> {
                metrics.accepted(origin.channel());
                yield new Verdict.Accepted(origin.receipt());
            }
            case Handed.Spooled() -> {
                metrics.spooled(origin.channel());
                yield new Verdict.Accepted(origin.receipt());
            }
            case Handed.Nowhere(String why) -> unavailable(why);
        };
    }

    private Verdict refuse(Rejection rejection, byte[] body, Origin origin, Allowance allowance, long deadline)
            throws InterruptedException {
        if (allowance == Allowance.OVER) {
            return overBudget();
        }
        Letter.DeadLetter dead =
                new Letter.DeadLetter(origin, body, rejection.reason().label(), rejection.detail());
        return refuse(dead, allowance, deadline);
    }

    private Verdict refuse(Letter.DeadLetter dead, Allowance allowance, long deadline) throws InterruptedException {
        // A refusal is true wherever its bytes are; with no room left for junk they are lost, and said to be.
        if (handOver.hand(dead, Importance.JUNK, allowance, deadline) instanceof Handed.Nowhere(String why)) {
            if (allowance == Allowance.LATER) {
                return unavailable(why);
            }
            metrics.lost();
            if (outages.say()) {
                LOG.warnf("refused bytes could not be kept: %s", why);
            }
        }
        metrics.rejected(dead.reason());
        return new Verdict.Refused(dead.reason(), dead.detail());
    }

    /** The answer to a source that is over its budget, where its bytes are not read at all. */
    public Verdict.OverBudget turnAway(Channel channel) {
        metrics.received(channel);
        return overBudget();
    }

    private Verdict.OverBudget overBudget() {
        metrics.rejected(IntakeMetrics.OVER_BUDGET);
        return new Verdict.OverBudget();
    }

    private Verdict unavailable(String why) {
        if (outages.say()) {
            LOG.warnf("no report can be taken: %s", why);
        }
        metrics.rejected(IntakeMetrics.UNAVAILABLE);
        return new Verdict.Unavailable();
    }

    /** What decides the partition, so that equal identities meet: the smallest policy domain, else the organisation. */
    static String key(Report report) {
        return report.policies().stream()
                .map(Policy::policyDomain)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(DomainName::value)
                .orElseGet(() -> ReportIdentity.organization(report));
    }
}
