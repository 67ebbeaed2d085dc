package dev.sealpost.notify;

import jakarta.inject.Singleton;

/** The way of each type. */
@Singleton
class Exits {
    private final HttpExit http;
    private final AlertmanagerExit alertmanager;
    private final MailExit mail;
    private final KafkaExit kafka;

    Exits(HttpExit http, AlertmanagerExit alertmanager, MailExit mail, KafkaExit kafka) {
        this.http = http;
        this.alertmanager = alertmanager;
        this.mail = mail;
        this.kafka = kafka;
    }

    Exit of(ChannelType type) {
        return switch (type) {
            case WEBHOOK, SLACK, TEAMS, MATTERMOST, DISCORD -> http;
            case ALERTMANAGER -> alertmanager;
            case MAIL -> mail;
            case KAFKA -> kafka;
        };
    }
}
