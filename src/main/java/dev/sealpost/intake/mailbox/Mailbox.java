package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * One mailbox of the settings.
 *
 * @param name as in the settings
 */
record Mailbox(String name, MailboxConfig config) {
    /** Protocol, user, server and folder: what a checkpoint belongs to. */
    String place() {
        return config.protocol().name().toLowerCase(Locale.ROOT) + "://" + config.user() + "@" + config.host() + ":"
                + config.port().orElse(0) + "/" + config.folder();
    }

    /** The receipt of one report: the same whenever its mail is read again, so that it counts as one arrival. */
    UUID receipt(long validity, String key, int part) {
        String what = place() + '\n' + validity + '\n' + key + '\n' + part;
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    }
}
