package dev.sealpost.intake.mailbox;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jakarta.inject.Singleton;

import dev.sealpost.mime.MailReader;
import dev.sealpost.mime.MailReading;
import dev.sealpost.report.Readable;
import org.jspecify.annotations.Nullable;

/** Tries a mailbox out as a person would: signs in, looks around, reads one report, and changes nothing. */
@Singleton
public class MailboxTrial {
    /** So many mails are looked at for a report, newest first. */
    private static final int MAILS = 50;

    private static final int FOLDERS = 100;

    private final MailboxesConfig config;
    private final MailServers servers;
    private final MailReader mails;
    private final Authenticity authenticity;

    MailboxTrial(MailboxesConfig config, MailServers servers, MailReader mails, Authenticity authenticity) {
        this.config = config;
        this.servers = servers;
        this.mails = mails;
        this.authenticity = authenticity;
    }

    /** Names of all mailboxes of the settings. */
    public Set<String> names() {
        return new TreeSet<>(config.byName().keySet());
    }

    /**
     * Tries it.
     *
     * @param name one of {@link #names}
     * @param say takes what was found, line by line, fit to be shown
     * @throws MailTroubleException saying what is wrong
     */
    public void run(String name, Consumer<String> say) throws MailTroubleException, InterruptedException {
        MailboxConfig mailbox = config.byName().get(name);
        if (mailbox == null) {
            throw new IllegalArgumentException("no mailbox " + name);
        }
        MailboxSettings.checked(name, mailbox);
        try (MailServer server = servers.connect(name, mailbox)) {
            say.accept("signed in  " + mailbox.user() + " at " + mailbox.host());
            say.accept("folders    "
                    + server.folders().stream()
                            .limit(FOLDERS)
                            .map(MailboxTrial::printable)
                            .collect(Collectors.joining(", ")));
            MailFolder folder = server.open(true);
            List<String> keys = folder.keys(key -> true);
            say.accept("mails      " + keys.size() + " in " + mailbox.folder());
            List<String> newest =
                    keys.subList(Math.max(0, keys.size() - MAILS), keys.size()).reversed();
            Look look = new Look(mailbox, say);
            for (String key : newest) {
                folder.fetch(Collections.singleton(key), look);
                if (look.found) {
                    break;
                }
            }
            if (!look.found) {
                say.accept("report     none in the newest " + newest.size() + " mails");
            }
        }
        say.accept("Nothing was changed.");
    }

    private final class Look implements MailFolder.Consumer {
        private final MailboxConfig mailbox;
        private final Consumer<String> say;
        private boolean found;

        Look(MailboxConfig mailbox, Consumer<String> say) {
            this.mailbox = mailbox;
            this.say = say;
        }

        @Override
        public void take(String key, byte[] mail, @Nullable Instant received) {
            MailReading reading = mails.read(mail);
            for (Readable readable : reading.reports()) {
                Signatures.Judgement judgement = authenticity
                        .of(mail, received, Trust.of(mailbox))
                        .judge(readable.report(), reading.reportSubmitter());
                say.accept("report     "
                        + printable(String.valueOf(readable.report().organizationName())) + ", "
                        + printable(String.valueOf(readable.report().reportId())));
                say.accept("sender     " + judgement.provenance().label() + ": " + judgement.reason());
                found = true;
            }
        }

        @Override
        public void tooLarge(String key, long size) {
            say.accept("mail       " + printable(key) + " has " + size + " bytes, more than are fetched");
        }

        @Override
        public void gone(String key) {
            // it was deleted while we looked
        }
    }

    /** One line, without anything that a terminal obeys. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
        return clean.substring(0, Math.min(clean.length(), FOLDERS));
    }
}
