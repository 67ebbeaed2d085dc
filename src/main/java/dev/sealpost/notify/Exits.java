package dev.sealpost.notify;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The way of each type. */
@Singleton
class Exits {
    private final Exit http;
    private final Exit alertmanager;
    private final Exit mail;
    private final Exit kafka;

    @Inject
    Exits(HttpExit http, AlertmanagerExit alertmanager, MailExit mail, KafkaExit kafka) {
        this((Exit) http, alertmanager, mail, kafka);
    }

    Exits(Exit http, Exit alertmanager, Exit mail, Exit kafka) {
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
