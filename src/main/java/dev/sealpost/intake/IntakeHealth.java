package dev.sealpost.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import jakarta.inject.Singleton;

import dev.sealpost.intake.spool.Spool;
import dev.sealpost.stream.Breaker;
import dev.sealpost.stream.ReportPublisher;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether a report can be made durable: by the broker or by the spool. Either alone being away is no reason to turn it away. */
@HealthGroup("intake")
@Singleton
public class IntakeHealth implements HealthCheck {
    private final Breaker breaker;
    private final Spool spool;
    private final Clock clock;

    IntakeHealth(ReportPublisher publisher, Spool spool, Clock clock) {
        this.breaker = publisher.breaker();
        this.spool = spool;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        String broker = breaker.reason();
        String refusal = spool.refusal();
        Instant oldest = spool.oldest();
        return HealthCheckResponse.named("intake")
                .status(broker == null || refusal == null)
                .withData("broker", Objects.requireNonNullElse(broker, "acknowledges"))
                .withData("spool", Objects.requireNonNullElse(refusal, "takes reports"))
                .withData("spoolReports", spool.reports())
                .withData("spoolBytes", spool.bytes())
                .withData("spoolMaxBytes", spool.maxBytes())
                .withData(
                        "spoolOldestSeconds",
                        oldest == null
                                ? 0
                                : Duration.between(oldest, clock.instant()).toSeconds())
                .build();
    }
}
