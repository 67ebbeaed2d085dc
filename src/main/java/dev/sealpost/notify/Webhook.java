package dev.sealpost.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A message for a program: its body, and the headers of Standard Webhooks. The time is that of the attempt. */
final class Webhook {
    private Webhook() {}

    static Posting of(Message message, Secrets secrets, Instant now) {
        byte[] body = Kept.bytes(body(message));
        String id = id(message);
        long seconds = now.getEpochSecond();
        StringBuilder signatures = new StringBuilder();
        String secret = secrets.secret();
        if (secret != null) {
            signatures.append(Signature.of(secret, id, seconds, body));
        }
        String previous = secrets.previous();
        String until = secrets.previousUntil();
        if (previous != null && until != null && now.isBefore(Instant.parse(until))) {
            signatures.append(' ').append(Signature.of(previous, id, seconds, body));
        }
        return new Posting(
                Map.of(
                        "Content-Type",
                        "application/json",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        String.valueOf(seconds),
                        "webhook-signature",
                        signatures.toString()),
                body);
    }

    /** The same in every attempt; receivers drop what they had. */
    static String id(Message message) {
        return "msg_" + message.id().toString().replace("-", "");
    }

    /** The body, also of records on the topic. */
    static Map<String, Object> body(Message message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type(message));
        body.put("timestamp", message.at().toString());
        body.put("data", data(message));
        return body;
    }

    static String type(Message message) {
        return switch (message.kind()) {
            case "summary", "digest", "test" -> message.kind();
            default -> "alert." + message.kind();
        };
    }

    static Map<String, Object> data(Message message) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("severity", message.severity().label());
        data.put("subject", message.subject());
        data.put("text", message.text());
        message.aboutAlert().ifPresent(alert -> data.put("alertId", alert.toString()));
        data.put(message.aboutAlert().isPresent() ? "alert" : "details", Kept.tree(message.json()));
        return data;
    }
}
