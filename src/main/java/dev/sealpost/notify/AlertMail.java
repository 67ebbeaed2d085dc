package dev.sealpost.notify;

import java.util.List;

import io.quarkus.mailer.Mail;

/** A message as a mail, in plain text and in HTML that loads nothing. */
final class AlertMail {
    private static final int MAX_SUBJECT = 150;

    private AlertMail() {}

    /** @param from the sender, whose domain the ids of the mails have */
    static Mail of(Message message, List<String> to, String from) {
        String subject = Plain.line(message.headline(), MAX_SUBJECT);
        Mail mail = new Mail()
                .setTo(to)
                .setSubject(header(subject))
                .setText(message.headline() + "\n\n" + message.text() + "\n")
                .setHtml(html(message))
                // The same in every attempt, so that a mail that came twice is shown once.
                .addHeader("Message-ID", id(message.id().toString(), from))
                .addHeader("Auto-Submitted", "auto-generated");
        message.aboutAlert().ifPresent(alert -> mail.addHeader("References", id("alert." + alert, from)));
        return mail;
    }

    /** Letters whose low byte is a line's end are safe only where each hop encodes; these never leave. */
    static String header(String line) {
        StringBuilder safe = new StringBuilder(line.length());
        line.chars().forEach(c -> safe.append(isLineEnd(c & 0xFF) ? '?' : (char) c));
        return safe.toString();
    }

    private static boolean isLineEnd(int lowByte) {
        return lowByte == '\r' || lowByte == '\n';
    }

    private static String id(String local, String from) {
        String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
        return "<" + local + "@" + (domain.isEmpty() ? "sealpost.invalid" : domain) + ">";
    }

    private static String html(Message message) {
        return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head>"
                + "<body style=\"font-family:sans-serif;max-width:45em\">"
                + "<h1 style=\"font-size:1.2em;border-left:0.4em solid #"
                + String.format("%06x", message.severity().color()) + ";padding-left:0.5em\">"
                + escape(message.headline())
                + "</h1><p style=\"white-space:pre-wrap\">" + escape(message.text()) + "</p></body></html>\n";
    }

    /** Text in an element; never used for the value of an attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
