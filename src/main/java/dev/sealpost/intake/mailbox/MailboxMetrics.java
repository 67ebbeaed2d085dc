package dev.sealpost.intake.mailbox;

import java.time.Instant;
import jakarta.inject.Singleton;

import dev.sealpost.mime.MailKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/** Counts mails by kind, and tells how each mailbox is doing. Labels are the settings' own names. */
@Singleton
class MailboxMetrics {
    private static final String MAILS = "sealpost.mailbox.mails";

    private final MeterRegistry metrics;

    MailboxMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        for (MailKind kind : MailKind.values()) {
            metrics.counter(MAILS, "kind", kind.label());
        }
    }

    /** One more mail, done. */
    void read(MailKind kind) {
        metrics.counter(MAILS, "kind", kind.label()).increment();
    }

    void watch(String mailbox, MailboxState state) {
        Tags tags = Tags.of("mailbox", mailbox);
        metrics.gauge(
                "sealpost.mailbox.last.success.timestamp.seconds",
                tags,
                state,
                now -> seconds(now.row().lastSuccess()));
        metrics.gauge("sealpost.mailbox.backlog", tags, state, now -> now.row().backlog());
        metrics.gauge(
                "sealpost.mailbox.failing",
                tags,
                state,
                now -> now.row().lastError().isEmpty() ? 0 : 1);
    }

    private static double seconds(@Nullable Instant time) {
        return time == null ? 0 : time.getEpochSecond();
    }
}
