package dev.sealpost.notify;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.store.Notice;
import io.quarkus.mailer.Mail;

/** What channels make of a notice, for tests of those who write notices. */
public final class Rendered {
    private Rendered() {}

    private static Message message(Notice notice) {
        return Message.of(Summary.one(new UUID(0, 1), notice, notice.at()));
    }

    /** A mail as a reader sees it: subject and plain text. */
    public static String mail(Notice notice) {
        Mail mail = AlertMail.of(message(notice), List.of("postmaster@example.org"), "sealpost@example.org");
        return "Subject: " + mail.getSubject() + "\n\n" + mail.getText();
    }

    /** What a chat is sent. */
    public static JsonNode teams(Notice notice) {
        return json(Chat.teams(message(notice)));
    }

    /** The same for another. */
    public static JsonNode slack(Notice notice) {
        return json(Chat.slack(message(notice)));
    }

    /** What a program is sent. */
    public static JsonNode webhook(Notice notice) {
        return json(Webhook.of(message(notice), Secrets.NONE, notice.at()));
    }

    private static JsonNode json(Posting posting) {
        return Kept.tree(new String(posting.body(), StandardCharsets.UTF_8));
    }
}
