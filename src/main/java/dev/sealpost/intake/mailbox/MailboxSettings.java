package dev.sealpost.intake.mailbox;

import java.util.regex.Pattern;

/** What the settings of a mailbox have to agree on. */
final class MailboxSettings {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    private MailboxSettings() {}

    /**
     * The mailbox.
     *
     * @throws IllegalArgumentException naming the setting, and what is allowed
     */
    static Mailbox checked(String name, MailboxConfig config) {
        String prefix = "sealpost.mailboxes." + name;
        require(NAME.matcher(name).matches(), prefix + ": a name has 1 to 40 lower-case letters, digits and hyphens");
        int ways = (config.password().isPresent() ? 1 : 0)
                + (config.passwordFile().isPresent() ? 1 : 0)
                + (config.oauth2().isPresent() ? 1 : 0);
        require(ways == 1, prefix + ".password: set one of password, password-file and oauth2.token-url");
        boolean move = config.after() == MailboxConfig.After.MOVE;
        require(move == config.moveTo().isPresent(), prefix + ".move-to: is set with after=move, and only then");
        boolean pop3 = config.protocol() == MailboxConfig.Protocol.POP3;
        require(
                !pop3 || config.after() == MailboxConfig.After.KEEP || config.after() == MailboxConfig.After.DELETE,
                prefix + ".after: POP3 can only keep and delete");
        require(!pop3 || config.folder().equalsIgnoreCase("INBOX"), prefix + ".folder: POP3 has no folder but INBOX");
        require(config.tries() > 0, prefix + ".tries: must be 1 or more");
        require(config.interval().toSeconds() > 0, prefix + ".interval: must be 1s or more");
        require(config.timeout().toMillis() > 0, prefix + ".timeout: must be more than 0, such as 30s");
        require(
                config.maxMail().asLongValue() > 0 && config.maxMail().asLongValue() <= 1L << 28,
                prefix + ".max-mail: allowed are sizes up to 256M");
        return new Mailbox(name, config);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
