package dev.sealpost.intake;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.sealpost.report.ReportReader;

/** The reader with the configured limits; door and aggregator read alike. */
class ReaderProducer {
    @Produces
    @Singleton
    ReportReader reader(IntakeConfig config) {
        return new ReportReader(config.limits());
    }
}
