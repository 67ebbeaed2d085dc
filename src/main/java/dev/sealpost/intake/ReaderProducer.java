package dev.sealpost.intake;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.sealpost.report.ReportReader;
import org.jboss.logging.Logger;

/** The reader with the configured limits; door and aggregator read alike, where both have heap enough. */
class ReaderProducer {
    private static final Logger LOG = Logger.getLogger(ReaderProducer.class);

    @Produces
    @Singleton
    ReportReader reader(IntakeConfig config) {
        if (config.largestReport() < config.maxJson().asLongValue()) {
            LOG.warnf(
                    "reports of more than %d bytes go to the quarantine as too large: a heap of %d MB has no room for"
                            + " those of SEALPOST_INTAKE_MAX_JSON; eight times that has (java -Xmx)",
                    config.largestReport(), Runtime.getRuntime().maxMemory() >> 20);
        }
        return new ReportReader(config.limits());
    }
}
