package dev.sealpost.intake;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Origin;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Policy;
import dev.sealpost.report.Readable;
import dev.sealpost.report.Reason;
import dev.sealpost.report.Rejection;
import dev.sealpost.report.Report;
import dev.sealpost.report.ReportIdentity;
import dev.sealpost.report.ReportReader;
import dev.sealpost.stream.ReportPublisher;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one door. Reads what a transport brings, and answers only when it is durable. */
@Singleton
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final ReportReader reader;
    private final ReportPublisher publisher;
    private final IntakeMetrics metrics;
    private final InFlight inFlight;
    private final Duration patience;
    private final long maxBody;

    Intake(ReportReader reader, ReportPublisher publisher, IntakeMetrics metrics, IntakeConfig config) {
        this.reader = reader;
        this.publisher = publisher;
        this.metrics = metrics;
        this.inFlight = new InFlight(
                config.maxInFlight().asLongValue(), config.maxJson().asLongValue());
        this.patience = config.patience();
        this.maxBody = config.maxBody().asLongValue();
    }

    /**
     * Takes bytes. Blocks until the broker has acknowledged, at most for the configured patience; never call it on an event
     * loop.
     *
     * @param body a report in any of its containers (RFC 8460, section 5.2: gzip or plain), or anything else
     */
    public Verdict accept(byte[] body, Origin origin) throws InterruptedException {
        metrics.received(origin.channel());
        long deadline = System.nanoTime() + patience.toNanos();
        try (InFlight.Room room = inFlight.enter(body, patience.dividedBy(2))) {
            if (room == null) {
                return unavailable("too much under way");
            }
            return switch (read(body)) {
                case ToPublish report -> {
                    room.shrinkTo(report.json.length);
                    yield publish(report, origin, deadline);
                }
                case ToRefuse junk -> {
                    room.shrinkTo(body.length);
                    yield refuse(junk.rejection, body, origin, deadline);
                }
            };
        }
    }

    /** What is kept of a reading while the broker is awaited: the report as objects is many times its JSON. */
    private sealed interface Taken {}

    private record ToPublish(String key, byte[] json) implements Taken {}

    private record ToRefuse(Rejection rejection) implements Taken {}

    private Taken read(byte[] body) {
        return switch (reader.read(body)) {
            case Readable(Report report, byte[] json) -> new ToPublish(key(report), json);
            case Rejection rejection -> new ToRefuse(rejection);
        };
    }

    /** The answer to more bytes than the configured body, known before they were read; they are not kept. */
    public Verdict.Refused tooLarge() {
        metrics.rejected(Reason.TOO_LARGE.label());
        return new Verdict.Refused(Reason.TOO_LARGE.label(), "a report may have " + maxBody + " bytes as sent");
    }

    private Verdict publish(ToPublish report, Origin origin, long deadline) throws InterruptedException {
        String failure = await(publisher.publish(report.key, origin, report.json), deadline);
        if (failure != null) {
            return unavailable(failure);
        }
        metrics.accepted(origin.channel());
        return new Verdict.Accepted(origin.receipt());
    }

    private Verdict refuse(Rejection rejection, byte[] body, Origin origin, long deadline) throws InterruptedException {
        metrics.rejected(rejection.reason().label());
        // A refusal is true with or without a broker; without one the junk is lost, and said to be.
        String failure =
                await(publisher.deadLetter(origin, body, rejection.reason().label(), rejection.detail()), deadline);
        if (failure != null) {
            LOG.warnf("refused bytes could not be kept: %s", failure);
        }
        return new Verdict.Refused(rejection.reason().label(), rejection.detail());
    }

    private Verdict unavailable(String why) {
        LOG.warnf("no report can be taken: %s", why);
        metrics.rejected(IntakeMetrics.UNAVAILABLE);
        return new Verdict.Unavailable();
    }

    private @Nullable String await(CompletionStage<Void> acknowledged, long deadline) throws InterruptedException {
        try {
            acknowledged.toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException late) {
            return "Kafka did not acknowledge in time";
        } catch (ExecutionException refused) {
            return String.valueOf(refused.getCause());
        }
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
