package dev.sealpost.notify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a channel tells. */
enum ChannelType {
    /** A program of one's own: Standard Webhooks. */
    WEBHOOK(true),
    SLACK(true),
    /** Microsoft Teams, a workflow that takes Adaptive Cards. */
    TEAMS(true),
    MATTERMOST(true),
    DISCORD(true),
    MAIL(false),
    /** Prometheus Alertmanager, API v2. */
    ALERTMANAGER(true),
    /** The topic of alerts. */
    KAFKA(false);

    private final boolean address;

    ChannelType(boolean address) {
        this.address = address;
    }

    /** Names as the API has them. */
    static List<String> labels() {
        return Arrays.stream(values()).map(ChannelType::label).toList();
    }

    static Optional<ChannelType> of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has an address on the web. */
    boolean hasAddress() {
        return address;
    }

    /** Whether a program reads it that wants every single notice, however many. */
    boolean takesAll() {
        return this == KAFKA;
    }

    /** Whether it is told what is open, and not what changed. */
    boolean isTold() {
        return this == ALERTMANAGER;
    }
}
