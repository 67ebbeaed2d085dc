package dev.sealpost.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;
import org.jspecify.annotations.Nullable;

/** Collects by what a mail shows its {@link MailKind}. Labels are good enough here: only counts depend on them. */
final class KindSigns {
    /** So much of a field's body is looked at. */
    private static final int MAX_CHARS = 1_000;

    private final List<Field> fields = new ArrayList<>();
    private final List<PartHeader> attachments = new ArrayList<>();
    private boolean deliveryStatus;
    private boolean mailerDaemon;
    private boolean nobodyToAnswer;
    private boolean automatic;
    private boolean reportSubject;

    /** A field of the outermost header; the name in lower case. Most mails are reports, so it is only kept here. */
    void field(String name, Field field) {
        switch (name) {
            case "content-type" -> {
                if (mayTellKinds(field)) {
                    contentType(text(field));
                }
            }
            case "subject", "return-path", "from", "auto-submitted", "precedence", "x-autoreply", "x-autorespond" ->
                fields.add(field);
            default -> {
                // No other field tells kinds apart.
            }
        }
    }

    /** A leaf part of the outermost mail or of one in it. */
    void part(PartHeader header, boolean outermost) {
        String type = header.mediaType();
        deliveryStatus |= outermost && type.endsWith("delivery-status");
        if (!header.isText()) {
            attachments.add(header);
        }
    }

    /** Whether the mail says that another could not be delivered. */
    boolean isBounce() {
        return deliveryStatus;
    }

    MailKind kind(boolean holdsReports) {
        if (deliveryStatus) {
            return MailKind.BOUNCE;
        }
        if (holdsReports) {
            return MailKind.REPORT;
        }
        fields.forEach(this::judge);
        if (isDmarc()) {
            return MailKind.DMARC;
        }
        if (automatic && !mailerDaemon) {
            return MailKind.AUTO_REPLY;
        }
        return mailerDaemon || nobodyToAnswer ? MailKind.BOUNCE : MailKind.OTHER;
    }

    private void judge(Field field) {
        String value = text(field);
        switch (field.getNameLowerCase()) {
            case "subject" -> reportSubject |= value.startsWith("report domain:");
            case "return-path" -> nobodyToAnswer |= value.equals("<>");
            case "from" -> mailerDaemon |= value.contains("mailer-daemon");
            case "auto-submitted" ->
                automatic |= !value.isEmpty() && !value.startsWith("no") && !value.startsWith("auto-generated");
            // Older than RFC 3834, and still used.
            case "precedence" -> automatic |= value.equals("auto_reply");
            default -> automatic |= !value.equals("no");
        }
    }

    /** Both kinds of reports have subjects alike (RFC 8460, section 5.3; RFC 7489, section 7.2.1.1). */
    private boolean isDmarc() {
        return attachments.stream()
                .anyMatch(part -> part.mediaType().endsWith("/xml")
                        || isXmlName(part.fileName())
                        || (reportSubject && part.mediaType().endsWith("zip")));
    }

    /** Whether the type can be one of those that are asked for, without making text of it: hardly any is. */
    private static boolean mayTellKinds(Field field) {
        ByteSequence raw = field.getRaw();
        if (raw == null) {
            return true;
        }
        for (int i = 0; i < raw.length(); i++) {
            byte b = raw.byteAt(i);
            // The hyphens of delivery-status and disposition-notification, or a character that is left out of the text.
            if ((b < ' ' && b != '\r' && b != '\n' && b != '\t')
                    || (b == '-' && (follows(raw, i, "status") || follows(raw, i, "notification")))) {
                return true;
            }
        }
        return false;
    }

    private static boolean follows(ByteSequence raw, int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            int next = at + 1 + i;
            if (next >= raw.length() || (raw.byteAt(next) | ' ') != word.charAt(i)) {
                return raw.length() > next && raw.byteAt(next) < ' ';
            }
        }
        return true;
    }

    private void contentType(String value) {
        deliveryStatus |= value.startsWith("multipart/report") && value.contains("delivery-status");
        automatic |= value.contains("disposition-notification");
    }

    private static boolean isXmlName(@Nullable String fileName) {
        if (fileName == null) {
            return false;
        }
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".xml")
                || name.endsWith(".xml.gz")
                || name.endsWith(".xml.zip")
                || (name.endsWith(".zip") && name.contains("!"));
    }

    private static String text(Field field) {
        String body = field.getBody();
        return body == null ? "" : HeaderText.clean(body, MAX_CHARS).toLowerCase(Locale.ROOT);
    }
}
