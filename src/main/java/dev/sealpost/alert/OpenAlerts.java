package dev.sealpost.alert;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import jakarta.inject.Singleton;

import dev.sealpost.alert.detect.Severity;
import dev.sealpost.store.AlertQuestion;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

/** How many alerts are open, as a metric; 0 in a process that does not judge. */
@Singleton
class OpenAlerts {
    private final AlertQuestion question;
    private final Map<Severity, AtomicLong> open = new EnumMap<>(Severity.class);

    OpenAlerts(AlertQuestion question, MeterRegistry metrics) {
        this.question = question;
        Arrays.asList(Severity.values()).forEach(severity -> {
            AtomicLong count = new AtomicLong();
            open.put(severity, count);
            metrics.gauge("sealpost.alerts.open", List.of(Tag.of("severity", severity.label())), count);
        });
    }

    /** Counts them anew. */
    void count() {
        Map<String, Long> counted = question.open(Set.of());
        open.forEach((severity, count) -> count.set(counted.getOrDefault(severity.label(), 0L)));
    }
}
