package dev.sealpost.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.inject.Singleton;

import dev.sealpost.stream.AlertTopic;

/** Writes CloudEvents to the topic of alerts, in structured mode. */
@Singleton
class KafkaExit implements Exit {
    private static final int PATIENCE_SECONDS = 15;

    private final AlertTopic topic;

    KafkaExit(AlertTopic topic) {
        this.topic = topic;
    }

    @Override
    public Outcome tell(Channel channel, Message message) {
        try {
            String key = message.aboutAlert().map(UUID::toString).orElse(message.kind());
            String place = topic.send(key, Kept.bytes(event(message))).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Outcome.delivered(place);
        } catch (ExecutionException e) {
            return Outcome.broken(
                    "Kafka: " + Objects.requireNonNullElse(e.getCause(), e).getMessage());
        } catch (TimeoutException late) {
            return Outcome.broken("Kafka does not answer in time");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Outcome.broken("the server is stopping");
        }
    }

    /** A CloudEvent 1.0 in JSON. */
    static Map<String, Object> event(Message message) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", Webhook.id(message));
        event.put("source", "urn:sealpost:alerts");
        event.put("type", "dev.sealpost." + Webhook.type(message));
        event.put("time", message.at().toString());
        message.aboutAlert().ifPresent(alert -> event.put("subject", alert.toString()));
        event.put("datacontenttype", "application/json");
        event.put("data", Webhook.data(message));
        return event;
    }
}
