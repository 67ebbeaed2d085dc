package dev.sealpost.stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * How far the tables are behind, as metrics and as details of the aggregator's health. Being behind is no reason to be down:
 * to start again would help nobody.
 */
@HealthGroup("aggregator")
@Singleton
class LagMetrics implements HealthCheck {
    private final Lag lag;
    private final Assignment assignment;

    LagMetrics(Lag lag, Assignment assignment) {
        this.lag = lag;
        this.assignment = assignment;
    }

    void register(@Observes StartupEvent start, ConsumerSettings settings, MeterRegistry metrics) {
        if (!settings.consumes()) {
            return;
        }
        Gauge.builder("sealpost.consumer.lag", lag, seen -> seen.state().reports())
                .tag("topic", "reports")
                .register(metrics);
        Gauge.builder("sealpost.consumer.lag", lag, seen -> seen.state().deadLetters())
                .tag("topic", "dead-letters")
                .register(metrics);
        Gauge.builder("sealpost.consumer.late", lag, seen -> seen.state().late() ? 1 : 0)
                .register(metrics);
        Gauge.builder("sealpost.consumer.partitions", assignment, Assignment::partitions)
                .register(metrics);
        Gauge.builder(
                        "sealpost.consumer.oldest.seconds",
                        assignment,
                        own -> own.age().toMillis() / 1e3)
                .register(metrics);
    }

    @Override
    public HealthCheckResponse call() {
        Lag.State seen = lag.state();
        return HealthCheckResponse.named("consumer")
                .up()
                .withData("lagReports", seen.reports())
                .withData("lagDeadLetters", seen.deadLetters())
                .withData("oldestSeconds", assignment.age().toSeconds())
                .withData("retentionSeconds", seen.retention().toSeconds())
                .withData(
                        "warning", seen.late() ? "reports wait for longer than half of the topic's retention" : "none")
                .build();
    }
}
