package dev.sealpost.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jakarta.inject.Singleton;

import dev.sealpost.store.OpenAlerts;

/**
 * Tells an Alertmanager what is open now and what ended a while ago, all of it each time: it forgets what it is not told
 * again. A test is an alert of its own that ends at once.
 */
@Singleton
class AlertmanagerExit implements Exit {
    /** So long Prometheus too repeats that an alert is over. */
    private static final Duration REPEATED = Duration.ofMinutes(15);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Alerts in one call; bodies stay far below what proxies take. */
    private static final int AT_ONCE = 100;

    private static final int MOST = 10_000;

    private final HttpExit http;
    private final OpenAlerts alerts;
    private final Clock clock;

    AlertmanagerExit(HttpExit http, OpenAlerts alerts, Clock clock) {
        this.http = http;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public Outcome tell(Channel channel, Message message) {
        return message.kind().equals("test")
                ? http.post(channel, Posting.json(List.of(PostableAlert.test(message, clock.instant()))))
                : push(channel);
    }

    /** Tells everything; stops at the first call that fails, and when it takes longer than a delivery may. */
    Outcome push(Channel channel) {
        long begun = System.nanoTime();
        Instant now = clock.instant();
        Instant ended = alerts.waitingSince(channel.id(), now.minus(REPEATED));
        List<Object> all = new ArrayList<>();
        alerts.of(channel.id(), ended, MOST).forEach(told -> all.add(PostableAlert.of(told, now)));
        Outcome outcome = Outcome.delivered("nothing to tell");
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            outcome = http.post(channel, Posting.json(all.subList(from, Math.min(all.size(), from + AT_ONCE))));
            if (!outcome.isDelivered()) {
                return outcome;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                return Outcome.broken("the Alertmanager is too slow for so many alerts");
            }
        }
        return outcome;
    }
}
