package dev.sealpost.notify;

import java.time.Duration;
import java.time.Instant;
import jakarta.inject.Singleton;

import dev.sealpost.store.ChannelLease;
import dev.sealpost.store.OpenAlerts;

/** Tells Alertmanagers each minute what is open: without that it is over for them after five. */
@Singleton
class Pushing {
    static final Duration EACH = Duration.ofMinutes(1);

    private final OpenAlerts alerts;
    private final AlertmanagerExit exit;
    private final NotifyMetrics metrics;

    Pushing(OpenAlerts alerts, AlertmanagerExit exit, NotifyMetrics metrics) {
        this.alerts = alerts;
        this.exit = exit;
        this.metrics = metrics;
    }

    /** Pushes if it is time. */
    void push(Channel channel, ChannelLease lease, Instant now) {
        if (channel.type().isTold() && alerts.isDue(channel.id(), now)) {
            Outcome outcome = exit.push(channel);
            if (outcome.isDelivered()) {
                metrics.delivered(channel.type());
            } else {
                metrics.retried(channel.type());
            }
            alerts.pushed(lease, now.plus(EACH), outcome.isDelivered() ? "" : outcome.words());
        }
    }

    /** It was just told all that is open. */
    void pushed(Channel channel, ChannelLease lease, Instant now) {
        if (channel.type().isTold()) {
            alerts.pushed(lease, now.plus(EACH), "");
        }
    }
}
